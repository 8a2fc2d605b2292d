-- 申报附件，内容另存于附件目录
CREATE TABLE IF NOT EXISTS attachments (
    id BIGINT NOT NULL, -- 标识
    record_id BIGINT NOT NULL, -- 所属申报或基本支出表
    version_id BIGINT NOT NULL, -- 上传时的版本
    name VARCHAR(255) NOT NULL, -- 文件名
    media_type VARCHAR(255) NOT NULL, -- 按内容识别的类型
    size BIGINT NOT NULL, -- 字节数
    hash VARCHAR(64) NOT NULL, -- 内容的 SHA-256，也是存放名
    added_at DATETIME(3) NOT NULL, -- 上传时间（UTC）
    added_by VARCHAR(255) NOT NULL, -- 上传人
    removed_at DATETIME(3), -- 移除时间（UTC），空为未移除
    removed_by VARCHAR(255) NOT NULL, -- 移除人
    PRIMARY KEY (id),
    CONSTRAINT attachments_record UNIQUE (record_id, id)
);
