-- 部门评价与财政评价
CREATE TABLE IF NOT EXISTS assessments (
    id BIGINT NOT NULL, -- 标识
    record_id BIGINT NOT NULL, -- 绩效目标申报
    unit_id BIGINT NOT NULL, -- 预算单位
    unit_path VARCHAR(255) NOT NULL, -- 预算单位路径
    year INT NOT NULL, -- 预算年度
    kind VARCHAR(64) NOT NULL, -- 部门评价或财政评价
    state VARCHAR(64) NOT NULL, -- 状态
    content MEDIUMTEXT NOT NULL, -- 评价内容（JSON）
    self_score INT NOT NULL, -- 所评自评的总分（百分之一分）
    score INT NOT NULL, -- 评价总分（百分之一分）
    grade VARCHAR(64) NOT NULL, -- 评价等级
    issued_on VARCHAR(10) NOT NULL, -- 下达日期，空为未下达
    version INT NOT NULL, -- 修改版本号
    changed_at DATETIME(3) NOT NULL, -- 最后修改时间（UTC）
    changed_by VARCHAR(255) NOT NULL, -- 最后修改人
    PRIMARY KEY (id),
    CONSTRAINT assessments_key UNIQUE (record_id, kind)
);

-- 单位改变隶属关系时查找
CREATE INDEX assessments_path ON assessments (year, unit_path);
