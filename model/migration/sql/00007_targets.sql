-- 整体支出绩效目标申报表；资金来源、指标与项目申报表同表存放
CREATE TABLE IF NOT EXISTS target_contents (
    version_id BIGINT NOT NULL, -- 版本
    basic BIGINT, -- 基本支出（分）
    project BIGINT, -- 项目支出（分）
    long_term_goal MEDIUMTEXT NOT NULL, -- 中长期目标
    annual_goal MEDIUMTEXT NOT NULL, -- 年度总体目标
    responsible VARCHAR(500) NOT NULL, -- 负责人
    handler VARCHAR(500) NOT NULL, -- 经办人
    phone VARCHAR(500) NOT NULL, -- 联系电话
    filed_at VARCHAR(64) NOT NULL, -- 填报日期（北京时间）
    PRIMARY KEY (version_id)
);

-- 年度主要任务
CREATE TABLE IF NOT EXISTS target_tasks (
    version_id BIGINT NOT NULL, -- 版本
    position INT NOT NULL, -- 次序
    name VARCHAR(500) NOT NULL, -- 任务名称
    content MEDIUMTEXT NOT NULL, -- 主要内容
    total BIGINT, -- 预算金额总额（分）
    fiscal BIGINT, -- 财政拨款（分）
    other BIGINT, -- 其他资金（分）
    PRIMARY KEY (version_id, position)
);
