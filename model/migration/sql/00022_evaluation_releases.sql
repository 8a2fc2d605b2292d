-- 绩效自评结果的公开；只增加，不改动。内容和文件与预算公开同表，按标识保存
CREATE TABLE IF NOT EXISTS evaluation_releases (
    id BIGINT NOT NULL, -- 标识
    unit_id BIGINT NOT NULL, -- 预算单位
    year INT NOT NULL, -- 预算年度
    number INT NOT NULL, -- 公开版本号，从 1 起
    reason MEDIUMTEXT NOT NULL, -- 再次公开的理由，首次为空
    content_hash VARCHAR(64) NOT NULL, -- 内容校验码
    projects INT NOT NULL, -- 公开自评结果的项目数
    published_at DATETIME(3) NOT NULL, -- 公开时间（UTC）
    published_by VARCHAR(255) NOT NULL, -- 公开人
    previous VARCHAR(64) NOT NULL, -- 全库上一个公开版本的封签
    seal VARCHAR(64) NOT NULL, -- 本版本的封签
    PRIMARY KEY (id),
    CONSTRAINT evaluation_releases_number UNIQUE (unit_id, year, number)
);
