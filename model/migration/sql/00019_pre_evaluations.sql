-- 项目的事前绩效评估
CREATE TABLE IF NOT EXISTS pre_evaluations (
    project_id BIGINT NOT NULL, -- 项目
    conclusion VARCHAR(64) NOT NULL, -- 结论：支持、调整后支持、不予支持
    opinion MEDIUMTEXT NOT NULL, -- 评估意见
    evaluated_on VARCHAR(10) NOT NULL, -- 评估日期
    evaluator VARCHAR(500) NOT NULL, -- 评估人或机构
    attachment_id BIGINT NOT NULL, -- 评估报告，项目申报的附件
    version INT NOT NULL, -- 修改版本号
    changed_at DATETIME(3) NOT NULL, -- 最后修改时间（UTC）
    changed_by VARCHAR(255) NOT NULL, -- 最后修改人
    PRIMARY KEY (project_id)
);

-- 哪些项目须有事前绩效评估，按区划和年度
CREATE TABLE IF NOT EXISTS pre_evaluation_rules (
    region_code VARCHAR(64) NOT NULL, -- 区划代码
    year INT NOT NULL, -- 预算年度
    level VARCHAR(64) NOT NULL, -- 不要求、提醒、不得提交
    threshold BIGINT NOT NULL, -- 资金达到多少（分）
    measure VARCHAR(64) NOT NULL, -- 按年度资金还是实施期资金
    look_back INT NOT NULL, -- 近几年没有批复过的为新增，0 为从未批复
    source VARCHAR(500) NOT NULL, -- 依据
    version INT NOT NULL, -- 修改版本号
    PRIMARY KEY (region_code, year)
) WITHOUT ROWID;
