-- 项目申报内容
CREATE TABLE IF NOT EXISTS project_contents (
    version_id BIGINT NOT NULL, -- 版本
    code VARCHAR(64) NOT NULL, -- 项目代码
    name VARCHAR(500) NOT NULL, -- 项目名称
    function_code VARCHAR(64) NOT NULL, -- 功能分类编码
    category VARCHAR(64) NOT NULL, -- 项目类别
    nature VARCHAR(64) NOT NULL, -- 项目属性
    appendix_no INT, -- 公开附表序号
    has_form BOOLEAN NOT NULL, -- 有绩效目标申报表
    PRIMARY KEY (version_id)
);

-- 项目支出绩效目标申报表
CREATE TABLE IF NOT EXISTS forms (
    version_id BIGINT NOT NULL, -- 版本
    name VARCHAR(500) NOT NULL, -- 表上的项目名称，与项目相同时为空
    period_years INT, -- 实施期年数
    period_start INT, -- 实施期开始年度
    overview MEDIUMTEXT NOT NULL, -- 项目概况
    basis MEDIUMTEXT NOT NULL, -- 立项依据
    necessity MEDIUMTEXT NOT NULL, -- 项目设立必要性
    safeguards MEDIUMTEXT NOT NULL, -- 保证项目实施的制度、措施
    plan MEDIUMTEXT NOT NULL, -- 项目实施计划
    long_term_goal MEDIUMTEXT NOT NULL, -- 实施期目标
    annual_goal MEDIUMTEXT NOT NULL, -- 年度目标
    responsible VARCHAR(500) NOT NULL, -- 负责人
    handler VARCHAR(500) NOT NULL, -- 经办人
    phone VARCHAR(500) NOT NULL, -- 联系电话
    filed_at VARCHAR(64) NOT NULL, -- 填报日期（北京时间）
    PRIMARY KEY (version_id)
);

-- 申报表资金来源，未填的不成行
CREATE TABLE IF NOT EXISTS form_funds (
    version_id BIGINT NOT NULL, -- 版本
    horizon VARCHAR(64) NOT NULL, -- 实施期或年度
    level VARCHAR(64) NOT NULL, -- 资金来源或总额
    amount BIGINT, -- 金额（分）
    PRIMARY KEY (version_id, horizon, level)
) WITHOUT ROWID;

-- 项目预算
CREATE TABLE IF NOT EXISTS budget_rows (
    version_id BIGINT NOT NULL, -- 版本
    position INT NOT NULL, -- 次序
    fund_kind VARCHAR(64) NOT NULL, -- 资金性质
    source VARCHAR(64) NOT NULL, -- 本年预算或上年结转
    amount BIGINT NOT NULL, -- 金额（分）
    PRIMARY KEY (version_id, position)
) WITHOUT ROWID;

-- 项目支出经济分类明细
CREATE TABLE IF NOT EXISTS economic_lines (
    version_id BIGINT NOT NULL, -- 版本
    position INT NOT NULL, -- 次序
    department_economic_code VARCHAR(64) NOT NULL, -- 部门预算支出经济分类编码
    department_economic_name VARCHAR(500) NOT NULL, -- 部门预算支出经济分类名称
    fund_kind VARCHAR(64) NOT NULL, -- 资金性质
    amount BIGINT NOT NULL, -- 金额（分）
    PRIMARY KEY (version_id, position)
) WITHOUT ROWID;

-- 绩效指标
CREATE TABLE IF NOT EXISTS indicators (
    version_id BIGINT NOT NULL, -- 版本
    position INT NOT NULL, -- 次序
    level1 VARCHAR(64) NOT NULL, -- 一级指标
    level2 VARCHAR(64) NOT NULL, -- 二级指标
    PRIMARY KEY (version_id, position)
) WITHOUT ROWID;

-- 三级指标与指标值
CREATE TABLE IF NOT EXISTS indicator_targets (
    version_id BIGINT NOT NULL, -- 版本
    position INT NOT NULL, -- 指标次序
    horizon VARCHAR(64) NOT NULL, -- 实施期或年度
    name MEDIUMTEXT NOT NULL, -- 三级指标名称
    value MEDIUMTEXT NOT NULL, -- 指标值
    weight VARCHAR(64) NOT NULL, -- 权重
    explanation MEDIUMTEXT NOT NULL, -- 指标解释
    basis MEDIUMTEXT NOT NULL, -- 设定依据
    source MEDIUMTEXT NOT NULL, -- 数据来源
    evidence MEDIUMTEXT NOT NULL, -- 佐证资料
    scoring MEDIUMTEXT NOT NULL, -- 评分标准
    PRIMARY KEY (version_id, position, horizon)
);

-- 政府采购明细
CREATE TABLE IF NOT EXISTS procurement_lines (
    version_id BIGINT NOT NULL, -- 版本
    line_list VARCHAR(64) NOT NULL, -- 所属明细表
    line INT NOT NULL, -- 所属明细的次序
    position INT NOT NULL, -- 次序
    kind VARCHAR(64) NOT NULL, -- 货物、工程或服务
    service_code VARCHAR(64) NOT NULL, -- 政府购买服务目录编码
    amount BIGINT NOT NULL, -- 金额（分）
    PRIMARY KEY (version_id, line_list, line, position)
) WITHOUT ROWID;
