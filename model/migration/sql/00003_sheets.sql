-- 基本支出表内容
CREATE TABLE IF NOT EXISTS sheet_contents (
    version_id BIGINT NOT NULL, -- 版本
    unit_code VARCHAR(64) NOT NULL, -- 单位代码
    unit_name VARCHAR(500) NOT NULL, -- 单位名称
    unit_kind VARCHAR(64) NOT NULL, -- 单位性质
    unit_parent_code VARCHAR(64) NOT NULL, -- 主管部门代码
    unit_region_code VARCHAR(64) NOT NULL, -- 区划代码
    unit_short_name VARCHAR(500) NOT NULL, -- 单位简称
    unit_region_name VARCHAR(500) NOT NULL, -- 区划名称
    unit_duties MEDIUMTEXT NOT NULL, -- 单位职责
    unit_organization MEDIUMTEXT NOT NULL, -- 机构设置（JSON 数组）
    total_change MEDIUMTEXT NOT NULL, -- 收支增减变化说明
    general_public_budget_change MEDIUMTEXT NOT NULL, -- 一般公共预算增减变化说明
    three_public_change MEDIUMTEXT NOT NULL, -- 三公经费增减变化说明
    agency_operating MEDIUMTEXT NOT NULL, -- 机关运行经费说明
    vehicles INT, -- 车辆数
    vehicles_note MEDIUMTEXT NOT NULL, -- 车辆说明
    buildings MEDIUMTEXT NOT NULL, -- 房屋
    other MEDIUMTEXT NOT NULL, -- 其他资产
    has_approval BOOLEAN NOT NULL, -- 数据包写有批复
    approval_number VARCHAR(500) NOT NULL, -- 批复文号
    approval_date VARCHAR(64) NOT NULL, -- 批复日期
    PRIMARY KEY (version_id)
);

-- 单位年度所用功能分类科目名称
CREATE TABLE IF NOT EXISTS sheet_functions (
    version_id BIGINT NOT NULL, -- 版本
    position INT NOT NULL, -- 次序
    code VARCHAR(64) NOT NULL, -- 功能分类编码
    name VARCHAR(500) NOT NULL, -- 功能分类名称
    PRIMARY KEY (version_id, position)
) WITHOUT ROWID;

-- 收入明细
CREATE TABLE IF NOT EXISTS revenue_lines (
    version_id BIGINT NOT NULL, -- 版本
    position INT NOT NULL, -- 次序
    fund_kind VARCHAR(64) NOT NULL, -- 资金性质
    amount BIGINT NOT NULL, -- 金额（分）
    PRIMARY KEY (version_id, position)
) WITHOUT ROWID;

-- 收入明细的各级收入分类科目
CREATE TABLE IF NOT EXISTS revenue_codes (
    version_id BIGINT NOT NULL, -- 版本
    line INT NOT NULL, -- 收入明细的次序
    position INT NOT NULL, -- 级次
    code VARCHAR(64) NOT NULL, -- 收入分类编码
    name VARCHAR(500) NOT NULL, -- 收入分类名称
    PRIMARY KEY (version_id, line, position)
) WITHOUT ROWID;

-- 基本支出明细
CREATE TABLE IF NOT EXISTS basic_lines (
    version_id BIGINT NOT NULL, -- 版本
    position INT NOT NULL, -- 次序
    function_code VARCHAR(64) NOT NULL, -- 功能分类编码
    department_economic_code VARCHAR(64) NOT NULL, -- 部门预算支出经济分类编码
    department_economic_name VARCHAR(500) NOT NULL, -- 部门预算支出经济分类名称
    government_economic_code VARCHAR(64) NOT NULL, -- 政府预算支出经济分类编码
    government_economic_name VARCHAR(500) NOT NULL, -- 政府预算支出经济分类名称
    fund_kind VARCHAR(64) NOT NULL, -- 资金性质
    source VARCHAR(64) NOT NULL, -- 本年预算或上年结转
    cost_kind VARCHAR(64) NOT NULL, -- 人员经费或公用经费
    amount BIGINT NOT NULL, -- 金额（分）
    PRIMARY KEY (version_id, position)
) WITHOUT ROWID;

-- 上年预算数
CREATE TABLE IF NOT EXISTS prior_years (
    version_id BIGINT NOT NULL, -- 版本
    year INT NOT NULL, -- 上年年度
    total BIGINT, -- 总额（分）
    agency_operating BIGINT, -- 机关运行经费（分）
    general_public_budget BIGINT, -- 一般公共预算（分）
    government_fund BIGINT, -- 政府性基金预算（分）
    state_capital BIGINT, -- 国有资本经营预算（分）
    fiscal_special_account BIGINT, -- 财政专户管理资金（分）
    unit_funds BIGINT, -- 单位资金（分）
    overseas BIGINT, -- 因公出国（境）费（分）
    reception BIGINT, -- 公务接待费（分）
    vehicle_purchase BIGINT, -- 公务用车购置费（分）
    vehicle_operation BIGINT, -- 公务用车运行维护费（分）
    PRIMARY KEY (version_id)
);

-- 政府购买服务指导性目录
CREATE TABLE IF NOT EXISTS purchased_services (
    version_id BIGINT NOT NULL, -- 版本
    position INT NOT NULL, -- 次序
    code VARCHAR(64) NOT NULL, -- 目录编码
    level1 VARCHAR(500) NOT NULL, -- 一级目录
    level2 VARCHAR(500) NOT NULL, -- 二级目录
    level3 VARCHAR(500) NOT NULL, -- 三级目录
    PRIMARY KEY (version_id, position)
) WITHOUT ROWID;
