-- 申报与基本支出表在审核流程中的位置
CREATE TABLE IF NOT EXISTS record_positions (
    record_id BIGINT NOT NULL, -- 记录
    version_id BIGINT NOT NULL, -- 所说的版本
    state VARCHAR(64) NOT NULL, -- 记录的状态
    steps MEDIUMTEXT NOT NULL, -- 提交时确定的审核环节（JSON）
    step INT NOT NULL, -- 当前环节，从 0 起
    step_key VARCHAR(64) NOT NULL, -- 当前环节标识，不在审核时为空
    turn_role VARCHAR(64) NOT NULL, -- 轮到的角色，空为无人
    turn_name VARCHAR(500) NOT NULL, -- 轮到谁
    turn_path VARCHAR(255) NOT NULL, -- 轮到的单位路径，财政股室为空
    turn_office VARCHAR(64) NOT NULL, -- 轮到的股室职责
    prepared_by MEDIUMTEXT NOT NULL, -- 参与填报的账号（JSON 数组）
    acted_by MEDIUMTEXT NOT NULL, -- 提交后办理过的账号（JSON 数组）
    blocked_at VARCHAR(255) NOT NULL, -- 作出不予安排决定的股室路径
    sealed BOOLEAN NOT NULL, -- 版本已被审核，再改另成新版本
    under_state VARCHAR(64) NOT NULL, -- 其下仍有效的版本的状态
    edit_content MEDIUMTEXT NOT NULL, -- 待经办人同意的修改（JSON），无则为空
    edited_by VARCHAR(255) NOT NULL, -- 协商修改人
    grade VARCHAR(64) NOT NULL, -- 最近一次评定等级
    moved_at DATETIME(3) NOT NULL, -- 到达此处的时间（UTC）
    moved_by VARCHAR(255) NOT NULL, -- 最后办理人
    PRIMARY KEY (record_id)
);

-- 审核意见
CREATE TABLE IF NOT EXISTS record_remarks (
    id BIGINT NOT NULL, -- 标识
    record_id BIGINT NOT NULL, -- 记录
    version_id BIGINT NOT NULL, -- 所针对的版本
    at DATETIME(3) NOT NULL, -- 时间（UTC）
    actor VARCHAR(255) NOT NULL, -- 审核人
    deputy_for VARCHAR(255) NOT NULL, -- 被代理人
    step_key VARCHAR(64) NOT NULL, -- 环节标识
    place VARCHAR(500) NOT NULL, -- 所指内容的路径
    note MEDIUMTEXT NOT NULL, -- 意见
    PRIMARY KEY (id),
    CONSTRAINT record_remarks_record UNIQUE (record_id, id)
);

-- 绩效目标审核表
CREATE TABLE IF NOT EXISTS review_sheets (
    id BIGINT NOT NULL, -- 标识
    record_id BIGINT NOT NULL, -- 记录
    version_id BIGINT NOT NULL, -- 所审核的版本
    at DATETIME(3) NOT NULL, -- 时间（UTC）
    actor VARCHAR(255) NOT NULL, -- 审核人
    deputy_for VARCHAR(255) NOT NULL, -- 被代理人
    step_key VARCHAR(64) NOT NULL, -- 环节标识
    grade VARCHAR(64) NOT NULL, -- 综合评定等级
    sheet MEDIUMTEXT NOT NULL, -- 审核表内容（JSON）
    PRIMARY KEY (id),
    CONSTRAINT review_sheets_record UNIQUE (record_id, id)
);

-- 对校验提醒的说明
CREATE TABLE IF NOT EXISTS warning_answers (
    record_id BIGINT NOT NULL, -- 记录
    finding_key VARCHAR(64) NOT NULL, -- 提醒的摘要：规则、位置与内容
    rule VARCHAR(64) NOT NULL, -- 规则编号
    field VARCHAR(500) NOT NULL, -- 位置
    indicator MEDIUMTEXT NOT NULL, -- 指标名称
    written MEDIUMTEXT NOT NULL, -- 被提醒的内容
    answer MEDIUMTEXT NOT NULL, -- 说明
    at DATETIME(3) NOT NULL, -- 时间（UTC）
    actor VARCHAR(255) NOT NULL, -- 说明人
    PRIMARY KEY (record_id, finding_key)
);

-- 批复由谁作出：财政部门批复整个部门的，冻结部门所有单位的年初预算
CREATE TABLE IF NOT EXISTS approval_acts (
    approval_id BIGINT NOT NULL, -- 批复
    unit_id BIGINT NOT NULL, -- 预算单位
    year INT NOT NULL, -- 预算年度
    action VARCHAR(64) NOT NULL, -- 操作
    deputy_for VARCHAR(255) NOT NULL, -- 被代理人
    records INT NOT NULL, -- 批复的记录数
    PRIMARY KEY (approval_id),
    CONSTRAINT approval_acts_unit UNIQUE (unit_id, year, approval_id)
);

-- 防止重复办理的请求标识
CREATE TABLE IF NOT EXISTS idempotency_keys (
    actor VARCHAR(255) NOT NULL, -- 操作人
    request_key VARCHAR(128) NOT NULL, -- 请求标识
    request_hash VARCHAR(64) NOT NULL, -- 请求内容摘要
    answer MEDIUMTEXT NOT NULL, -- 答复（JSON）
    created_at DATETIME(3) NOT NULL, -- 时间（UTC）
    PRIMARY KEY (actor, request_key)
);
