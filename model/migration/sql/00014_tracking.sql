-- 绩效监控表与自评表
CREATE TABLE IF NOT EXISTS tracking_sheets (
    id BIGINT NOT NULL, -- 标识
    record_id BIGINT NOT NULL, -- 绩效目标申报
    version_id BIGINT NOT NULL, -- 所依据的已批复版本
    unit_id BIGINT NOT NULL, -- 预算单位
    unit_path VARCHAR(255) NOT NULL, -- 预算单位路径
    year INT NOT NULL, -- 预算年度
    kind VARCHAR(64) NOT NULL, -- 监控或自评
    window_key VARCHAR(64) NOT NULL, -- 监控期间，自评为空
    state VARCHAR(64) NOT NULL, -- 状态
    content MEDIUMTEXT NOT NULL, -- 填报内容（JSON）
    prepared_by MEDIUMTEXT NOT NULL, -- 参与填报的账号（JSON 数组）
    returns INT NOT NULL, -- 被退回次数
    submitted_on VARCHAR(10) NOT NULL, -- 提交日期
    confirmed_on VARCHAR(10) NOT NULL, -- 确认日期
    red INT NOT NULL, -- 红灯指标数
    yellow INT NOT NULL, -- 黄灯指标数
    green INT NOT NULL, -- 绿灯指标数
    not_due INT NOT NULL, -- 尚未到期指标数
    no_data INT NOT NULL, -- 没有数据指标数
    money_light VARCHAR(64) NOT NULL, -- 资金预警灯
    score INT NOT NULL, -- 自评总分（百分之一分）
    grade VARCHAR(64) NOT NULL, -- 自评等级
    version INT NOT NULL, -- 修改版本号
    changed_at DATETIME(3) NOT NULL, -- 最后修改时间（UTC）
    changed_by VARCHAR(255) NOT NULL, -- 最后修改人
    PRIMARY KEY (id),
    CONSTRAINT tracking_sheets_key UNIQUE (record_id, kind, window_key)
);

-- 看板按部门汇总监控表，只读此索引即可
CREATE INDEX tracking_sheets_sums ON tracking_sheets (year, unit_path, kind, window_key, state, submitted_on,
    red, yellow, green, not_due, no_data, money_light);

-- 整改通知
CREATE TABLE IF NOT EXISTS corrections (
    id BIGINT NOT NULL, -- 标识
    record_id BIGINT NOT NULL, -- 绩效目标申报
    unit_id BIGINT NOT NULL, -- 预算单位
    unit_path VARCHAR(255) NOT NULL, -- 预算单位路径
    year INT NOT NULL, -- 预算年度
    what MEDIUMTEXT NOT NULL, -- 整改内容
    responsible VARCHAR(500) NOT NULL, -- 责任人
    due VARCHAR(10) NOT NULL, -- 整改期限
    state VARCHAR(64) NOT NULL, -- 状态
    reply MEDIUMTEXT NOT NULL, -- 整改情况
    evidence MEDIUMTEXT NOT NULL, -- 佐证材料
    opinion MEDIUMTEXT NOT NULL, -- 复核意见
    returns INT NOT NULL, -- 复核退回次数
    ordered_on VARCHAR(10) NOT NULL, -- 下达日期
    ordered_by VARCHAR(255) NOT NULL, -- 下达人
    closed_on VARCHAR(10) NOT NULL, -- 办结日期
    version INT NOT NULL, -- 修改版本号
    PRIMARY KEY (id),
    CONSTRAINT corrections_record UNIQUE (record_id, id)
);

-- 看板按部门统计未办结的整改
CREATE INDEX corrections_sums ON corrections (year, unit_path, ordered_on, closed_on, due);
