package model

import "time"

// Account is a person's way in (账号). It is never deleted and its login never
// changes or comes back, since the log and the records know people by it.
type Account struct {
	ID           ID     `gorm:"primaryKey;autoIncrement:false"`
	Login        string // folded: lower case, half width
	Name         string // 姓名
	Phone        string
	Email        string
	PasswordHash string `json:"-"` // encoded with its parameters
	// MustChange: the password is known to somebody else, who gave it.
	MustChange bool
	// Demo marks an account with a published password; it never stands beside real ones.
	Demo     bool
	Disabled bool
	// FailedCount is the wrong passwords in a row; LockedUntil is nil where never locked.
	FailedCount int
	LockedUntil *time.Time
	PasswordAt  time.Time // when the password was set
	LastLoginAt *time.Time
	CreatedAt   time.Time
	CreatedBy   string
	Version     int // optimistic lock; wrong and right logins don't count it up
}

// Locked tells whether the account refuses logins at an instant, and until when.
func (a Account) Locked(at time.Time) (until time.Time, locked bool) {
	if a.LockedUntil == nil || !at.Before(*a.LockedUntil) {
		return time.Time{}, false
	}
	return *a.LockedUntil, true
}

// PasswordHistory is a password that an account had before.
type PasswordHistory struct {
	AccountID ID        `gorm:"primaryKey;autoIncrement:false"`
	ID        ID        `gorm:"primaryKey;autoIncrement:false"`
	Hash      string    `json:"-"`
	EndedAt   time.Time // when another one took its place
}

// Session is a login under way (会话). The token that the browser holds is never
// kept, only its SHA-256 in hexadecimal digits.
type Session struct {
	TokenHash  string `gorm:"primaryKey" json:"-"`
	AccountID  ID
	CreatedAt  time.Time
	LastSeenAt time.Time // to about a minute
	ExpiresAt  time.Time // whatever happens
	UserAgent  string
	Address    string
}

// RoleAssignment is a role (角色) that an account has in a unit. It is given and
// taken back, never changed.
type RoleAssignment struct {
	ID        ID `gorm:"primaryKey;autoIncrement:false"`
	AccountID ID
	Role      string // as package rbac names it
	// UnitID is 0 at the root of a region, which RegionCode names then; both are
	// empty for the duties of the installation (三员).
	UnitID     ID
	RegionCode string
	GrantedBy  string
	GrantedAt  time.Time
}

// UnitOffice marks a unit as an office (股室) of the bureau: it has no budget of its
// own and looks after departments.
type UnitOffice struct {
	UnitID ID     `gorm:"primaryKey;autoIncrement:false"`
	Duty   string // "business" 业务股, "performance" 绩效股; "" does them all
	Leads  bool   // 预算股: keeps the year's settings
	// OwnRecords: it also looks after the bureau's own records.
	OwnRecords bool
	Version    int // optimistic lock, of the departments as well
}

// OfficeDepartment says that an office looks after a department (分管部门).
type OfficeDepartment struct {
	OfficeID     ID `gorm:"primaryKey;autoIncrement:false"`
	DepartmentID ID `gorm:"primaryKey;autoIncrement:false"`
}

// Deputy says that a reviewer named somebody to act in their place for a time
// (代理审核). Ended early, Until is moved; the entry stays.
type Deputy struct {
	ID        ID        `gorm:"primaryKey;autoIncrement:false"`
	AccountID ID        // the reviewer who is away
	DeputyID  ID        // the account that acts
	From      time.Time `gorm:"column:begins_at"`
	Until     time.Time `gorm:"column:ends_at"` // not included
	Reason    string
	NamedBy   string
	NamedAt   time.Time
}
