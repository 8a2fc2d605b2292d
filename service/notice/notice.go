// Package notice owns whom to tell of what happened, in what words, and by which
// way: in the application, and by e-mail where an installation has it. It must not
// know how acts are decided.
package notice

import (
	"context"
	"strconv"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/account"
)

// Writer tells people in the transaction of what they are told of.
type Writer struct {
	Mail bool // by e-mail too, whoever has an address
}

// tell keeps a notice, once for each source, and queues its e-mail.
func (w Writer) tell(tx *store.Tx, to model.Account, n model.Notice) error {
	_, err := w.TellAll(tx, to, []model.Notice{n})
	return err
}

// TellAll tells somebody several things at once, each once for its source, with one
// e-mail for all that they weren't told before. It gives how many those are.
func (w Writer) TellAll(tx *store.Tx, to model.Account, notices []model.Notice) (told int, err error) {
	var texts []string
	var first model.Notice
	for _, n := range notices {
		n.AccountID = to.ID
		fresh, err := tx.AddNotice(&n)
		if err != nil {
			return 0, err
		}
		if !fresh {
			continue
		}
		if len(texts) == 0 {
			first = n
		}
		texts = append(texts, n.Text)
	}
	if len(texts) == 0 || !w.Mail || to.Email == "" {
		return len(texts), nil
	}
	return len(texts), tx.AddMail(mailOf(first, to, texts))
}

// mailOf is the e-mail of some notices; it goes by the first of them.
func mailOf(first model.Notice, to model.Account, texts []string) *model.Mail {
	subject := "【标尺】" + first.Kind.Word() + "通知"
	if len(texts) > 1 {
		subject += "（" + strconv.Itoa(len(texts)) + " 件）"
	}
	return &model.Mail{
		NoticeID: first.ID, Address: to.Email, Subject: subject,
		Text: strings.Join(texts, "\n") + "\n\n请登录标尺查看和办理。这是系统自动发出的邮件，请勿回复。\n",
	}
}

// DeputyNamed tells a deputy in whose place they act, and for how long.
func (w Writer) DeputyNamed(tx *store.Tx, d model.Deputy, principal model.Account) error {
	to, err := tx.Account(d.DeputyID)
	if err != nil {
		return err
	}
	return w.tell(tx, to, model.Notice{
		Source: "deputy:" + d.ID.String(), Kind: model.NoticeDeputy, Actor: principal.Login,
		Text: principal.Name + "请您代理审核，时间为 " + minute(d.From) + " 至 " + minute(d.Until) + "。" + because(d.Reason),
	})
}

func minute(at time.Time) string { return at.In(model.Beijing).Format("2006-01-02 15:04") }

func because(reason string) string {
	if reason = strings.TrimSpace(reason); reason == "" {
		return ""
	}
	return "事由：" + reason
}

// Service is the use cases of reading notices, and of telling about filings. It is
// safe for concurrent use.
type Service struct {
	Writer
	store    *store.Store
	accounts *account.Service
}

// NewService works on a store.
func NewService(s *store.Store, accounts *account.Service, w Writer) *Service {
	return &Service{Writer: w, store: s, accounts: accounts}
}

// Listed is a notice with what kind of record it is about.
type Listed struct {
	model.Notice
	RecordKind model.RecordKind // "" where it is about none
}

// List gives a page of somebody's own notices, newest first, with how many there are
// and how many are unread.
// Errors: Forbidden "password.mustChange".
func (s *Service) List(ctx context.Context, who account.Identity, filter store.NoticeFilter) (list []Listed, total, unread int64, err error) {
	if err := who.Ready(); err != nil {
		return nil, 0, 0, err
	}
	err = s.store.Read(ctx, func(tx *store.Tx) (err error) {
		notices, all, fresh, err := tx.Notices(who.Account.ID, filter)
		if err != nil {
			return err
		}
		ids := make([]model.ID, len(notices))
		for i, n := range notices {
			ids[i] = n.RecordID
		}
		kinds, err := tx.RecordKinds(ids)
		list, total, unread = nil, all, fresh
		for _, n := range notices {
			list = append(list, Listed{n, kinds[n.RecordID]})
		}
		return err
	})
	return list, total, unread, err
}

// Read marks somebody's own notices as read: those named, or all where none is. What
// is somebody else's is left alone.
// Errors: Forbidden "password.mustChange".
func (s *Service) Read(ctx context.Context, who account.Identity, ids []model.ID) error {
	if err := who.Ready(); err != nil {
		return err
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error { return tx.ReadNotices(who.Account.ID, ids) })
}
