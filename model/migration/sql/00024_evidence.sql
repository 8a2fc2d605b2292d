-- 附件佐证什么：申报本身，或批复以后的监控表、自评表、评价、整改通知
ALTER TABLE attachments ADD COLUMN
    purpose VARCHAR(64) NOT NULL DEFAULT 'record' -- 佐证什么，原有的都是申报本身的附件
;

ALTER TABLE attachments ADD COLUMN
    part VARCHAR(64) NOT NULL DEFAULT '' -- 监控期间或整改通知的标识，其他为空
;
