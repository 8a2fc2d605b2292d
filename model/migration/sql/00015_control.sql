-- 控制数
CREATE TABLE IF NOT EXISTS control_sheets (
    unit_id BIGINT NOT NULL, -- 预算单位
    year INT NOT NULL, -- 预算年度
    unit_path VARCHAR(255) NOT NULL, -- 预算单位路径
    figures MEDIUMTEXT NOT NULL, -- 编制中的控制数（JSON，按资金性质）
    issued MEDIUMTEXT NOT NULL, -- 已下达的控制数（JSON，按资金性质）
    issued_on VARCHAR(10) NOT NULL, -- 下达日期
    version INT NOT NULL, -- 修改版本号
    changed_at DATETIME(3) NOT NULL, -- 最后修改时间（UTC）
    changed_by VARCHAR(255) NOT NULL, -- 最后修改人
    PRIMARY KEY (unit_id, year)
);

-- 按部门查找控制数
CREATE INDEX control_sheets_path ON control_sheets (year, unit_path);
