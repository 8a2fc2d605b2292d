-- 账号
CREATE TABLE IF NOT EXISTS accounts (
    id BIGINT NOT NULL, -- 标识
    login VARCHAR(64) NOT NULL, -- 登录名，小写
    name VARCHAR(500) NOT NULL, -- 姓名
    phone VARCHAR(64) NOT NULL, -- 电话
    email VARCHAR(255) NOT NULL, -- 电子邮箱
    password_hash VARCHAR(255) NOT NULL, -- 密码摘要，含算法参数
    must_change BOOLEAN NOT NULL, -- 须先修改密码
    demo BOOLEAN NOT NULL, -- 演示账号
    disabled BOOLEAN NOT NULL, -- 已停用
    failed_count INT NOT NULL, -- 连续输错密码次数
    locked_until DATETIME(3), -- 锁定到（UTC）
    password_at DATETIME(3) NOT NULL, -- 密码设定时间（UTC）
    last_login_at DATETIME(3), -- 最近登录时间（UTC）
    created_at DATETIME(3) NOT NULL, -- 建立时间（UTC）
    created_by VARCHAR(500) NOT NULL, -- 建立人
    version INT NOT NULL, -- 修改版本号
    PRIMARY KEY (id),
    CONSTRAINT accounts_login UNIQUE (login)
);

-- 用过的密码
CREATE TABLE IF NOT EXISTS password_histories (
    account_id BIGINT NOT NULL, -- 账号
    id BIGINT NOT NULL, -- 标识
    hash VARCHAR(255) NOT NULL, -- 密码摘要，含算法参数
    ended_at DATETIME(3) NOT NULL, -- 停用时间（UTC）
    PRIMARY KEY (account_id, id)
) WITHOUT ROWID;

-- 会话；令牌本身不保存
CREATE TABLE IF NOT EXISTS sessions (
    token_hash VARCHAR(64) NOT NULL, -- 令牌摘要
    account_id BIGINT NOT NULL, -- 账号
    created_at DATETIME(3) NOT NULL, -- 登录时间（UTC）
    last_seen_at DATETIME(3) NOT NULL, -- 最近操作时间（UTC）
    expires_at DATETIME(3) NOT NULL, -- 最迟失效时间（UTC）
    user_agent VARCHAR(500) NOT NULL, -- 浏览器
    address VARCHAR(64) NOT NULL, -- 来源地址
    PRIMARY KEY (token_hash),
    CONSTRAINT sessions_account UNIQUE (account_id, token_hash)
) WITHOUT ROWID;

-- 角色分配
CREATE TABLE IF NOT EXISTS role_assignments (
    id BIGINT NOT NULL, -- 标识
    account_id BIGINT NOT NULL, -- 账号
    role VARCHAR(64) NOT NULL, -- 角色
    unit_id BIGINT NOT NULL, -- 单位，0 为财政部门或整个系统
    region_code VARCHAR(64) NOT NULL, -- 区划代码，仅用于财政部门
    granted_by VARCHAR(500) NOT NULL, -- 分配人
    granted_at DATETIME(3) NOT NULL, -- 分配时间（UTC）
    PRIMARY KEY (id),
    CONSTRAINT role_assignments_key UNIQUE (account_id, role, unit_id, region_code),
    CONSTRAINT role_assignments_unit UNIQUE (unit_id, id)
);

-- 财政部门的股室
CREATE TABLE IF NOT EXISTS unit_offices (
    unit_id BIGINT NOT NULL, -- 单位
    duty VARCHAR(64) NOT NULL, -- 职责，空为不分
    leads BOOLEAN NOT NULL, -- 牵头股室（预算股）
    own_records BOOLEAN NOT NULL, -- 兼管财政部门自身的申报
    version INT NOT NULL, -- 修改版本号
    PRIMARY KEY (unit_id)
);

-- 股室分管的部门
CREATE TABLE IF NOT EXISTS office_departments (
    office_id BIGINT NOT NULL, -- 股室
    department_id BIGINT NOT NULL, -- 主管部门
    PRIMARY KEY (office_id, department_id)
) WITHOUT ROWID;

-- 代理审核
CREATE TABLE IF NOT EXISTS deputies (
    id BIGINT NOT NULL, -- 标识
    account_id BIGINT NOT NULL, -- 被代理人
    deputy_id BIGINT NOT NULL, -- 代理人
    begins_at DATETIME(3) NOT NULL, -- 开始时间（UTC）
    ends_at DATETIME(3) NOT NULL, -- 结束时间（UTC），不含
    reason MEDIUMTEXT NOT NULL, -- 事由
    named_by VARCHAR(500) NOT NULL, -- 登记人
    named_at DATETIME(3) NOT NULL, -- 登记时间（UTC）
    PRIMARY KEY (id),
    CONSTRAINT deputies_account UNIQUE (account_id, id),
    CONSTRAINT deputies_deputy UNIQUE (deputy_id, id)
);

-- 权限版本：账号、角色、分管、代理每次变动加一，只有一行
CREATE TABLE IF NOT EXISTS rights_version (
    id INT NOT NULL, -- 恒为 1
    version BIGINT NOT NULL, -- 版本
    PRIMARY KEY (id)
);

-- 可以重复执行
REPLACE INTO rights_version (id, version) VALUES (1, 1);
