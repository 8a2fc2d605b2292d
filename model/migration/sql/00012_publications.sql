-- 预算公开的版本；公开后不再改动
CREATE TABLE IF NOT EXISTS publications (
    id BIGINT NOT NULL, -- 标识
    unit_id BIGINT NOT NULL, -- 预算单位
    year INT NOT NULL, -- 预算年度
    whole BOOLEAN NOT NULL, -- 部门公开，含所属单位
    number INT NOT NULL, -- 公开版本号，从 1 起
    stage VARCHAR(64) NOT NULL, -- 办理阶段
    reason MEDIUMTEXT NOT NULL, -- 更正理由，首次公开为空
    content_hash VARCHAR(64) NOT NULL, -- 内容校验码
    assembled_at DATETIME(3) NOT NULL, -- 生成时间（UTC）
    assembled_by VARCHAR(255) NOT NULL, -- 生成人
    checked_at DATETIME(3), -- 校验时间（UTC）
    checked_by VARCHAR(255) NOT NULL, -- 校验人
    errors INT NOT NULL, -- 校验错误数
    warnings INT NOT NULL, -- 校验提醒数
    override MEDIUMTEXT NOT NULL, -- 放行理由
    override_by VARCHAR(255) NOT NULL, -- 放行人
    secrecy_date VARCHAR(64) NOT NULL, -- 保密审查日期
    secrecy_name VARCHAR(255) NOT NULL, -- 保密审查人
    secrecy_by VARCHAR(255) NOT NULL, -- 保密审查登记人
    sign_date VARCHAR(64) NOT NULL, -- 负责人签批日期
    sign_name VARCHAR(255) NOT NULL, -- 签批的负责人
    sign_by VARCHAR(255) NOT NULL, -- 签批登记人
    published_at DATETIME(3), -- 公开时间（UTC）
    published_by VARCHAR(255) NOT NULL, -- 公开人
    due_date VARCHAR(64) NOT NULL, -- 应公开的最后一天
    approval_id BIGINT NOT NULL, -- 起算的批复，0 为无
    previous VARCHAR(64) NOT NULL, -- 全库上一个公开版本的封签
    seal VARCHAR(64) NOT NULL, -- 本版本的封签
    version INT NOT NULL, -- 修改版本号
    PRIMARY KEY (id),
    CONSTRAINT publications_number UNIQUE (unit_id, year, whole, number)
);

-- 公开版本的数据包
CREATE TABLE IF NOT EXISTS publication_bundles (
    publication_id BIGINT NOT NULL, -- 公开版本
    content LONGBLOB NOT NULL, -- 规范化的 JSON
    PRIMARY KEY (publication_id)
);

-- 公开版本的文件，逐字节保存
CREATE TABLE IF NOT EXISTS publication_files (
    publication_id BIGINT NOT NULL, -- 公开版本
    name VARCHAR(255) NOT NULL, -- 文件名
    format VARCHAR(64) NOT NULL, -- 格式
    size BIGINT NOT NULL, -- 字节数
    hash VARCHAR(64) NOT NULL, -- 文件校验码
    content LONGBLOB NOT NULL, -- 内容
    PRIMARY KEY (publication_id, name)
);

-- 公开版本封签链的末端，只有一行
CREATE TABLE IF NOT EXISTS publication_chains (
    id INT NOT NULL, -- 恒为 1
    seal VARCHAR(64) NOT NULL, -- 最后一个公开版本的封签
    length INT NOT NULL, -- 已公开的版本数
    PRIMARY KEY (id)
);

-- 可以重复执行
REPLACE INTO publication_chains (id, seal, length) VALUES (1, '', 0);
