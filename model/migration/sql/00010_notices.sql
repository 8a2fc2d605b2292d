-- 站内通知
CREATE TABLE IF NOT EXISTS notices (
    id BIGINT NOT NULL, -- 标识
    account_id BIGINT NOT NULL, -- 收件人
    source VARCHAR(128) NOT NULL, -- 由何而来，同一来由对同一人只通知一次
    kind VARCHAR(64) NOT NULL, -- 种类
    text MEDIUMTEXT NOT NULL, -- 内容
    at DATETIME(3) NOT NULL, -- 时间（UTC）
    actor VARCHAR(255) NOT NULL, -- 由谁引起，系统为空
    unit_id BIGINT NOT NULL, -- 预算单位，0 为无
    year INT NOT NULL, -- 预算年度，0 为无
    record_id BIGINT NOT NULL, -- 记录，0 为无
    read_at DATETIME(3), -- 阅读时间（UTC），空为未读
    PRIMARY KEY (id),
    CONSTRAINT notices_account UNIQUE (account_id, id),
    CONSTRAINT notices_source UNIQUE (account_id, source)
);

-- 待发邮件
CREATE TABLE IF NOT EXISTS mails (
    notice_id BIGINT NOT NULL, -- 所通知的事
    address VARCHAR(255) NOT NULL, -- 收件地址
    subject VARCHAR(500) NOT NULL, -- 主题
    text MEDIUMTEXT NOT NULL, -- 正文
    attempts INT NOT NULL, -- 已试次数
    due_at DATETIME(3) NOT NULL, -- 何时可发（UTC）；正在发送时为重试时间
    sent_at DATETIME(3), -- 发出时间（UTC），空为未发
    gave_up BOOLEAN NOT NULL, -- 多次失败，不再发送
    failure MEDIUMTEXT NOT NULL, -- 最近一次失败的原因
    PRIMARY KEY (notice_id)
);

CREATE INDEX mails_due ON mails (sent_at, gave_up, due_at);

-- 导入外部表格时各列的含义
CREATE TABLE IF NOT EXISTS column_mappings (
    unit_id BIGINT NOT NULL, -- 预算单位
    kind VARCHAR(64) NOT NULL, -- 记录种类
    header VARCHAR(255) NOT NULL, -- 列标题
    region_code VARCHAR(64) NOT NULL, -- 区划代码
    field VARCHAR(64) NOT NULL, -- 对应的内容，空为不导入
    at DATETIME(3) NOT NULL, -- 时间（UTC）
    PRIMARY KEY (unit_id, kind, header),
    CONSTRAINT column_mappings_region UNIQUE (region_code, kind, header, unit_id)
);
