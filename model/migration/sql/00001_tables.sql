-- 财政区划
CREATE TABLE IF NOT EXISTS regions (
    code VARCHAR(64) NOT NULL, -- 区划代码，九位
    name VARCHAR(500) NOT NULL, -- 名称
    set_key VARCHAR(64) NOT NULL, -- 所用表套与表样
    PRIMARY KEY (code)
) WITHOUT ROWID;

-- 预算单位
CREATE TABLE IF NOT EXISTS budget_units (
    id BIGINT NOT NULL, -- 标识
    region_code VARCHAR(64) NOT NULL, -- 区划代码
    code VARCHAR(64) NOT NULL, -- 单位代码
    name VARCHAR(500) NOT NULL, -- 单位名称
    kind VARCHAR(64) NOT NULL, -- 单位性质
    parent_code VARCHAR(64) NOT NULL, -- 主管部门代码
    path VARCHAR(255) NOT NULL, -- 路径：区划与各级代码，各以斜线结尾
    stub BOOLEAN NOT NULL, -- 仅作为上级被提到
    version INT NOT NULL, -- 修改版本号
    PRIMARY KEY (id),
    CONSTRAINT budget_units_code UNIQUE (region_code, code),
    CONSTRAINT budget_units_path UNIQUE (path)
);

-- 预算年度
CREATE TABLE IF NOT EXISTS budget_years (
    region_code VARCHAR(64) NOT NULL, -- 区划代码
    year INT NOT NULL, -- 预算年度
    tree_key VARCHAR(64) NOT NULL, -- 指标体系
    PRIMARY KEY (region_code, year)
) WITHOUT ROWID;

-- 收支分类科目
CREATE TABLE IF NOT EXISTS catalogue_entries (
    kind VARCHAR(64) NOT NULL, -- 科目类别
    year INT NOT NULL, -- 年度，0 为通用
    code VARCHAR(64) NOT NULL, -- 科目编码
    name VARCHAR(500) NOT NULL, -- 科目名称
    fund_type VARCHAR(64) NOT NULL, -- 所属预算
    confidence VARCHAR(64) NOT NULL, -- 可信程度
    note VARCHAR(500) NOT NULL, -- 说明
    PRIMARY KEY (kind, year, code)
) WITHOUT ROWID;

-- 部门与政府支出经济分类对应关系
CREATE TABLE IF NOT EXISTS economic_mappings (
    year INT NOT NULL, -- 年度，0 为通用
    unit_kind VARCHAR(64) NOT NULL, -- 单位性质
    department_code VARCHAR(64) NOT NULL, -- 部门预算支出经济分类编码
    government_code VARCHAR(64) NOT NULL, -- 政府预算支出经济分类编码
    confidence VARCHAR(64) NOT NULL, -- 可信程度
    PRIMARY KEY (year, unit_kind, department_code)
) WITHOUT ROWID;

-- 申报与基本支出表
CREATE TABLE IF NOT EXISTS records (
    id BIGINT NOT NULL, -- 标识
    kind VARCHAR(64) NOT NULL, -- 种类
    unit_id BIGINT NOT NULL, -- 预算单位
    year INT NOT NULL, -- 预算年度
    project_code VARCHAR(64) NOT NULL, -- 项目代码
    position INT NOT NULL, -- 导入时的次序，0 为系统内新建
    newest_id BIGINT NOT NULL, -- 最新版本
    in_force_id BIGINT NOT NULL, -- 生效版本，0 为无
    version INT NOT NULL, -- 修改版本号
    PRIMARY KEY (id),
    CONSTRAINT records_key UNIQUE (unit_id, year, kind, project_code)
);

-- 申报与基本支出表的版本
CREATE TABLE IF NOT EXISTS record_versions (
    id BIGINT NOT NULL, -- 标识
    record_id BIGINT NOT NULL, -- 所属记录
    number INT NOT NULL, -- 版本号，从 1 起
    state VARCHAR(64) NOT NULL, -- 状态
    in_draft BOOLEAN NOT NULL, -- 计入预算草案
    in_initial BOOLEAN NOT NULL, -- 计入年初预算
    in_adjusted BOOLEAN NOT NULL, -- 计入变动后预算
    hash VARCHAR(128) NOT NULL, -- 内容摘要
    approval_id BIGINT NOT NULL, -- 批复，0 为无
    after_initial BOOLEAN NOT NULL, -- 在年初批复之后批复
    created_at DATETIME(3) NOT NULL, -- 建立时间（UTC）
    created_by VARCHAR(500) NOT NULL, -- 建立人
    PRIMARY KEY (id),
    CONSTRAINT record_versions_number UNIQUE (record_id, number)
);

-- 批复
CREATE TABLE IF NOT EXISTS approvals (
    id BIGINT NOT NULL, -- 标识
    unit_id BIGINT NOT NULL, -- 预算单位
    year INT NOT NULL, -- 预算年度
    number VARCHAR(500) NOT NULL, -- 文号
    date VARCHAR(64) NOT NULL, -- 批复日期
    reason MEDIUMTEXT NOT NULL, -- 事由
    created_at DATETIME(3) NOT NULL, -- 登记时间（UTC）
    created_by VARCHAR(500) NOT NULL, -- 登记人
    PRIMARY KEY (id),
    CONSTRAINT approvals_unit UNIQUE (unit_id, year, id)
);

-- 操作记录，只增不改
CREATE TABLE IF NOT EXISTS events (
    id BIGINT NOT NULL, -- 标识
    at DATETIME(3) NOT NULL, -- 时间（UTC）
    actor VARCHAR(500) NOT NULL, -- 操作人
    action VARCHAR(64) NOT NULL, -- 操作
    unit_id BIGINT NOT NULL, -- 预算单位
    year INT NOT NULL, -- 预算年度
    record_id BIGINT NOT NULL, -- 记录，0 为整个单位年度
    version_id BIGINT NOT NULL, -- 版本
    from_state VARCHAR(64) NOT NULL, -- 原状态
    to_state VARCHAR(64) NOT NULL, -- 新状态
    reason MEDIUMTEXT NOT NULL, -- 事由
    detail MEDIUMTEXT NOT NULL, -- 明细（JSON）
    PRIMARY KEY (id),
    CONSTRAINT events_unit UNIQUE (unit_id, year, id),
    CONSTRAINT events_record UNIQUE (record_id, id)
);
