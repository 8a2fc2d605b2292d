-- 数据事实：一行一笔金额；枚举用小整数，含义见程序
CREATE TABLE IF NOT EXISTS facts (
    year SMALLINT NOT NULL, -- 预算年度
    unit_path VARCHAR(255) NOT NULL, -- 预算单位路径
    project_code VARCHAR(64) NOT NULL, -- 项目代码，基本支出表为空
    version_id BIGINT NOT NULL, -- 来源版本
    seq INT NOT NULL, -- 版本内序号，从 1 起
    line INT NOT NULL, -- 来源明细的次序
    measure SMALLINT NOT NULL, -- 计量内容
    unit_kind SMALLINT NOT NULL, -- 单位性质
    expenditure SMALLINT NOT NULL, -- 基本支出或项目支出
    fund_kind SMALLINT NOT NULL, -- 资金性质
    source SMALLINT NOT NULL, -- 本年预算或上年结转
    cost_kind SMALLINT NOT NULL, -- 人员经费或公用经费
    procurement_kind SMALLINT NOT NULL, -- 货物、工程或服务
    function_code VARCHAR(64) NOT NULL, -- 功能分类编码
    department_economic_code VARCHAR(64) NOT NULL, -- 部门预算支出经济分类编码
    government_economic_code VARCHAR(64) NOT NULL, -- 政府预算支出经济分类编码
    item_code VARCHAR(64) NOT NULL, -- 收入分类或购买服务目录编码
    amount BIGINT NOT NULL, -- 金额（分）
    in_draft BOOLEAN NOT NULL, -- 计入预算草案
    in_initial BOOLEAN NOT NULL, -- 计入年初预算
    in_adjusted BOOLEAN NOT NULL, -- 计入变动后预算
    PRIMARY KEY (year, unit_path, project_code, version_id, seq),
    CONSTRAINT facts_origin UNIQUE (version_id, seq)
) WITHOUT ROWID;

-- 按各口径汇总大范围的金额时，按此顺序读取即可，不必排序
CREATE INDEX facts_sums ON facts (year, function_code, department_economic_code, item_code,
    government_economic_code, fund_kind, measure, source, expenditure, cost_kind, procurement_kind, unit_kind,
    in_draft, in_initial, in_adjusted, amount);
