package model

import "time"

// NoticeKind is what a notice is about.
type NoticeKind string

// The kinds of notice.
const (
	NoticeTurn     NoticeKind = "turn"     // 待办: the next move is the reader's
	NoticeReturned NoticeKind = "returned" // 退回
	NoticeRemark   NoticeKind = "remark"   // 审核意见
	NoticePassed   NoticeKind = "passed"   // 审核通过
	NoticeBlocked  NoticeKind = "blocked"  // 不予安排
	NoticeApproved NoticeKind = "approved" // 批复
	NoticeDeputy   NoticeKind = "deputy"   // 代理审核
	NoticeDue      NoticeKind = "due"      // 期限提醒
	NoticeProject  NoticeKind = "project"  // 项目库: of a project, which the record names
)

// NoticeKinds lists the kinds.
var NoticeKinds = []NoticeKind{
	NoticeTurn, NoticeReturned, NoticeRemark, NoticePassed, NoticeBlocked, NoticeApproved, NoticeDeputy, NoticeDue, NoticeProject,
}

var noticeWords = map[NoticeKind]string{
	NoticeTurn: "待办", NoticeReturned: "退回", NoticeRemark: "审核意见", NoticePassed: "审核通过", NoticeBlocked: "不予安排",
	NoticeApproved: "批复", NoticeDeputy: "代理审核", NoticeDue: "期限提醒", NoticeProject: "项目库",
}

// Word is the kind in Chinese.
func (k NoticeKind) Word() string { return noticeWords[k] }

// Notice tells an account of something that happened (通知).
type Notice struct {
	ID        ID `gorm:"primaryKey;autoIncrement:false"`
	AccountID ID
	// Source is what it came from; of one source an account gets one notice.
	Source   string
	Kind     NoticeKind
	Text     string
	At       time.Time
	Actor    string // "" where nobody caused it
	UnitID   ID     // 0 where it is about none; so are year and record
	Year     int
	RecordID ID         // of a notice of the project library the project
	ReadAt   *time.Time // nil while unread
}

// Mail is a notice on its way by e-mail (待发邮件).
type Mail struct {
	NoticeID ID `gorm:"primaryKey;autoIncrement:false"`
	Address  string
	Subject  string
	Text     string
	Attempts int
	// DueAt is when it may be sent; whoever sends moves it to when another may try.
	DueAt   time.Time
	SentAt  *time.Time
	GaveUp  bool
	Failure string // of the last attempt
}
