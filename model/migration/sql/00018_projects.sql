-- 项目库的项目，跨年度存续
CREATE TABLE IF NOT EXISTS projects (
    id BIGINT NOT NULL, -- 标识
    unit_id BIGINT NOT NULL, -- 预算单位
    code VARCHAR(64) NOT NULL, -- 项目代码
    stage VARCHAR(64) NOT NULL, -- 入库到哪一步：未入库、申请入库、部门储备、财政储备
    proposed_by VARCHAR(255) NOT NULL, -- 申请入库的账号
    ended_from INT NOT NULL, -- 自哪个年度起终止，0 为未终止
    end_reason MEDIUMTEXT NOT NULL, -- 终止理由
    version INT NOT NULL, -- 修改版本号
    PRIMARY KEY (id),
    CONSTRAINT projects_code UNIQUE (unit_id, code)
);

-- 一个项目历年的申报
CREATE INDEX records_project ON records (unit_id, kind, project_code, year, in_force_id);

-- 已有申报的项目。标识取自版本：记录没有与之相同的标识，两者的操作记录不会混在一起
INSERT INTO projects (id, unit_id, code, stage, proposed_by, ended_from, end_reason, version)
SELECT MIN(r.newest_id), r.unit_id, r.project_code, 'candidate', '', 0, '', 1
FROM records r
WHERE r.kind = 'filing'
    AND NOT EXISTS (SELECT 1 FROM projects p WHERE p.unit_id = r.unit_id AND p.code = r.project_code)
GROUP BY r.unit_id, r.project_code;

-- 项目排序的版本：部门的项目库一份，财政项目库一份
CREATE TABLE IF NOT EXISTS project_orders (
    region_code VARCHAR(64) NOT NULL, -- 区划代码
    unit_id BIGINT NOT NULL, -- 主管部门，0 为财政项目库
    year INT NOT NULL, -- 预算年度
    version INT NOT NULL, -- 修改版本号
    changed_at DATETIME(3) NOT NULL, -- 最后修改时间（UTC）
    changed_by VARCHAR(255) NOT NULL, -- 最后修改人
    PRIMARY KEY (region_code, unit_id, year)
) WITHOUT ROWID;

-- 项目在排序中的位次
CREATE TABLE IF NOT EXISTS project_ranks (
    project_id BIGINT NOT NULL, -- 项目
    year INT NOT NULL, -- 预算年度
    by_finance BOOLEAN NOT NULL, -- 财政项目库的位次，否则为部门的
    region_code VARCHAR(64) NOT NULL, -- 区划代码
    unit_id BIGINT NOT NULL, -- 主管部门，0 为财政项目库
    place INT NOT NULL, -- 位次，从 1 起
    PRIMARY KEY (project_id, year, by_finance)
) WITHOUT ROWID;

-- 一份排序里按位次移动
CREATE INDEX project_ranks_order ON project_ranks (region_code, unit_id, year, place);
