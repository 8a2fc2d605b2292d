-- 开启的预算年度
CREATE TABLE IF NOT EXISTS year_openings (
    region_code VARCHAR(64) NOT NULL, -- 区划代码
    year INT NOT NULL, -- 预算年度
    from_year INT NOT NULL, -- 设置取自哪一年，0 为无
    opened_on VARCHAR(10) NOT NULL, -- 开启日期
    opened_by VARCHAR(255) NOT NULL, -- 开启人
    closed_on VARCHAR(10) NOT NULL, -- 关闭日期，空为未关闭
    closed_by VARCHAR(255) NOT NULL, -- 关闭人
    PRIMARY KEY (region_code, year)
) WITHOUT ROWID;

-- 各阶段的期限
CREATE TABLE IF NOT EXISTS year_deadlines (
    region_code VARCHAR(64) NOT NULL, -- 区划代码
    year INT NOT NULL, -- 预算年度
    stage VARCHAR(64) NOT NULL, -- 阶段
    unit_path VARCHAR(255) NOT NULL, -- 适用的单位路径：区划为全部单位
    opens VARCHAR(10) NOT NULL, -- 开始日期，空为一开始
    due VARCHAR(10) NOT NULL, -- 截止日期，空为撤销
    moves INT NOT NULL, -- 最近一次变动时年度设置的版本号
    PRIMARY KEY (region_code, year, stage, unit_path)
) WITHOUT ROWID;

-- 单位改变隶属关系时查找
CREATE INDEX year_deadlines_path ON year_deadlines (year, unit_path);
