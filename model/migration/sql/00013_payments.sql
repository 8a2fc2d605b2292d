-- 支付；只增不改，错的用相反金额冲回
CREATE TABLE IF NOT EXISTS payments (
    id BIGINT NOT NULL, -- 标识
    region_code VARCHAR(64) NOT NULL, -- 区划代码
    unit_id BIGINT NOT NULL, -- 预算单位
    unit_path VARCHAR(255) NOT NULL, -- 预算单位路径
    year SMALLINT NOT NULL, -- 预算年度
    project_code VARCHAR(64) NOT NULL, -- 项目代码
    fund_kind SMALLINT NOT NULL, -- 资金性质
    paid_on VARCHAR(10) NOT NULL, -- 支付日期
    amount BIGINT NOT NULL, -- 金额（分），退回为负
    reference VARCHAR(128) NOT NULL, -- 支付凭证号
    flags VARCHAR(255) NOT NULL, -- 导入时的提醒，以逗号分隔
    batch_id BIGINT NOT NULL, -- 导入批次，0 为手工登记
    note VARCHAR(500) NOT NULL, -- 说明
    created_at DATETIME(3) NOT NULL, -- 登记时间（UTC）
    created_by VARCHAR(255) NOT NULL, -- 登记人
    PRIMARY KEY (id),
    CONSTRAINT payments_reference UNIQUE (region_code, year, reference)
);

-- 按单位、项目、资金性质汇总到某一天的支付，只读此索引即可
CREATE INDEX payments_sums ON payments (year, unit_path, project_code, fund_kind, paid_on, amount);

-- 支付导入批次
CREATE TABLE IF NOT EXISTS payment_batches (
    id BIGINT NOT NULL, -- 标识
    region_code VARCHAR(64) NOT NULL, -- 区划代码
    year INT NOT NULL, -- 预算年度
    file_name VARCHAR(500) NOT NULL, -- 文件名
    file_hash VARCHAR(64) NOT NULL, -- 文件摘要
    added INT NOT NULL, -- 新增笔数
    duplicates INT NOT NULL, -- 重复笔数
    amount BIGINT NOT NULL, -- 新增金额（分）
    created_at DATETIME(3) NOT NULL, -- 导入时间（UTC）
    created_by VARCHAR(255) NOT NULL, -- 导入人
    PRIMARY KEY (id),
    CONSTRAINT payment_batches_region UNIQUE (region_code, year, id)
);

-- 外部系统支付数据的列名对应
CREATE TABLE IF NOT EXISTS payment_columns (
    region_code VARCHAR(64) NOT NULL, -- 区划代码
    column_name VARCHAR(255) NOT NULL, -- 外部列名
    field VARCHAR(64) NOT NULL, -- 字段
    PRIMARY KEY (region_code, column_name)
) WITHOUT ROWID;
