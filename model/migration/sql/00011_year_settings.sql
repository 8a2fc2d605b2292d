-- 年度设置
CREATE TABLE IF NOT EXISTS year_settings (
    region_code VARCHAR(64) NOT NULL, -- 区划代码
    year INT NOT NULL, -- 预算年度
    deadlines MEDIUMTEXT NOT NULL, -- 各环节的期限（JSON）
    version INT NOT NULL, -- 修改版本号
    PRIMARY KEY (region_code, year)
) WITHOUT ROWID;
