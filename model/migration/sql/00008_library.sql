-- 绩效指标库
CREATE TABLE IF NOT EXISTS library_indicators (
    id BIGINT NOT NULL, -- 标识
    region_code VARCHAR(64) NOT NULL, -- 财政区划
    tree_key VARCHAR(64) NOT NULL, -- 指标体系
    level1 VARCHAR(64) NOT NULL, -- 一级指标
    level2 VARCHAR(64) NOT NULL, -- 二级指标
    name VARCHAR(500) NOT NULL, -- 三级指标名称
    name_key VARCHAR(255) NOT NULL, -- 归一后的名称，用于查重
    unit VARCHAR(64) NOT NULL, -- 计量单位
    operator VARCHAR(64) NOT NULL, -- 计算符号，定性指标为空
    usual_values MEDIUMTEXT NOT NULL, -- 财政部门维护的常用指标值（JSON 数组）
    explanation MEDIUMTEXT NOT NULL, -- 指标解释、计算公式
    basis MEDIUMTEXT NOT NULL, -- 指标值设定依据
    source MEDIUMTEXT NOT NULL, -- 数据来源
    evidence MEDIUMTEXT NOT NULL, -- 佐证资料
    method VARCHAR(500) NOT NULL, -- 完成值取值方式
    scoring MEDIUMTEXT NOT NULL, -- 评分标准
    industries MEDIUMTEXT NOT NULL, -- 适用行业（JSON 数组）
    common BOOLEAN NOT NULL, -- 共性指标
    disabled BOOLEAN NOT NULL, -- 停用
    origin VARCHAR(64) NOT NULL, -- 来源：已批复申报或录入
    uses INT NOT NULL, -- 使用该指标的已批复申报数
    merged_into BIGINT NOT NULL, -- 并入的指标，未合并为 0
    created_at DATETIME(3) NOT NULL, -- 建立时间（UTC）
    created_by VARCHAR(255) NOT NULL, -- 建立人
    updated_at DATETIME(3) NOT NULL, -- 最近维护时间（UTC）
    updated_by VARCHAR(255) NOT NULL, -- 最近维护人
    version INT NOT NULL, -- 修改版本号
    PRIMARY KEY (id),
    CONSTRAINT library_indicators_key UNIQUE (region_code, level2, name_key)
);

-- 指标适用的功能分类
CREATE TABLE IF NOT EXISTS library_functions (
    indicator_id BIGINT NOT NULL, -- 指标
    function_code VARCHAR(64) NOT NULL, -- 功能分类编码
    PRIMARY KEY (indicator_id, function_code)
) WITHOUT ROWID;

-- 使用该指标的已批复申报
CREATE TABLE IF NOT EXISTS library_uses (
    indicator_id BIGINT NOT NULL, -- 指标
    record_id BIGINT NOT NULL, -- 申报记录
    value VARCHAR(500) NOT NULL, -- 该申报的年度指标值，不便收录的为空
    PRIMARY KEY (indicator_id, record_id)
) WITHOUT ROWID;

CREATE INDEX library_uses_record ON library_uses (record_id);
