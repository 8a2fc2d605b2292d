// Package attachment owns the files that back up a filing: which may come in, where
// they lie, who may add, read and remove them. It must not know what they say.
package attachment

import (
	"context"
	"io"
	"os"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/journal"
)

// Settings say where files lie and how large one may be.
type Settings struct {
	Directory string
	MaxSize   int64 // bytes; 0 is 20 MiB
}

// DefaultMaxSize is the limit where an installation sets none.
const DefaultMaxSize = 20 << 20

// maxPerRecord bounds the attachments of one record.
const maxPerRecord = 50

// Service is the use cases over one store and one directory, which other instances
// of the same installation share. It is safe for concurrent use.
type Service struct {
	store    *store.Store
	rights   *rbac.Enforcer
	settings Settings
}

// NewService works on a store and a directory, which is made when it is first used.
func NewService(s *store.Store, rights *rbac.Enforcer, settings Settings) *Service {
	if settings.MaxSize <= 0 {
		settings.MaxSize = DefaultMaxSize
	}
	return &Service{store: s, rights: rights, settings: settings}
}

// MaxSize is the limit of one file in bytes.
func (s *Service) MaxSize() int64 { return s.settings.MaxSize }

// Listing is the attachments of a record with what one person may do to them now.
type Listing struct {
	Attachments []model.Attachment // removed ones among them
	Allowed     []rbac.Action
}

// List gives the attachments of a record.
// Errors: NotFound "record.notFound", also where it is out of reach.
func (s *Service) List(ctx context.Context, who account.Identity, recordID model.ID) (l Listing, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		record, err := tx.RecordByID(store.Everything(), recordID)
		if err != nil {
			return err
		}
		if _, err := s.seen(tx, who, record); err != nil {
			return err
		}
		if l.Allowed, err = s.allowed(tx, who, record); err != nil {
			return err
		}
		l.Attachments, err = tx.Attachments(recordID)
		return err
	})
	return l, err
}

// allowed are the acts that ask would let the person do.
func (s *Service) allowed(tx *store.Tx, who account.Identity, record model.Record) ([]rbac.Action, error) {
	actions := []rbac.Action{}
	for _, action := range []rbac.Action{rbac.AttachmentAdd, rbac.AttachmentRemove} {
		_, err := s.ask(tx, who, record, action)
		switch code := model.CodeOf(err); {
		case err == nil:
			actions = append(actions, action)
		case code != model.Forbidden && code != model.Conflict:
			return nil, err
		}
	}
	return actions, nil
}

// seen gives the unit of a record that the person may see the attachments of.
func (s *Service) seen(tx *store.Tx, who account.Identity, record model.Record) (model.BudgetUnit, error) {
	unit, err := tx.UnitByID(store.Everything(), record.UnitID)
	if err == nil && !s.rights.Decide(who.Assignments(), rbac.AttachmentRead, unit.Path).Allowed {
		err = model.Fail(model.NotFound, "record.notFound", "没有标识为 %s 的申报或基本支出表，请刷新后重新选择", record.ID)
	}
	return unit, err
}

// Add takes in a file. Preparers add while the record is a draft, reviewers while
// they review it. What a file is, its content says; the ending of its name must agree.
// Errors: NotFound "record.notFound"; Forbidden "right.missing"; Invalid
// "attachment.name", "attachment.type", "attachment.content", "attachment.empty",
// "attachment.tooLarge"; Conflict "attachment.state", "attachment.tooMany",
// "attachment.duplicate"; those of reading.
func (s *Service) Add(ctx context.Context, who account.Identity, recordID model.ID, name string, content io.Reader) (a model.Attachment, err error) {
	if err := s.mayAdd(ctx, who, recordID); err != nil { // before a byte is read
		return a, err
	}
	if name, err = tidyName(name); err != nil {
		return a, err
	}
	kept, err := s.take(content)
	if err != nil {
		return a, err
	}
	defer func() { _ = os.Remove(kept.path) }()
	kind, err := sniff(kept.path, name)
	if err != nil {
		return a, err
	}
	if err := s.put(kept); err != nil {
		return a, err
	}
	event := model.Event{Actor: who.Actor(), Action: rbac.AttachmentAdd.Name}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		record, err := s.open(tx, who, recordID, rbac.AttachmentAdd, e)
		if err != nil {
			return err
		}
		a = model.Attachment{RecordID: record.ID, VersionID: record.NewestID, Name: name, MediaType: kind.mediaType,
			Size: kept.size, Hash: kept.hash, AddedBy: who.Actor()}
		e.Note("name", name)
		e.Note("hash", kept.hash)
		if err := fits(tx, a); err != nil {
			return err
		}
		return tx.AddAttachment(&a)
	})
	return a, err
}

// mayAdd asks everything of the record that can be asked before the file comes.
func (s *Service) mayAdd(ctx context.Context, who account.Identity, recordID model.ID) error {
	return s.store.Read(ctx, func(tx *store.Tx) error {
		record, err := tx.RecordByID(store.Everything(), recordID)
		if err != nil {
			return err
		}
		_, err = s.ask(tx, who, record, rbac.AttachmentAdd)
		return err
	})
}

// open locks the record of a write, asks for the right, and fills in the event.
func (s *Service) open(tx *store.Tx, who account.Identity, recordID model.ID, action rbac.Action, e *journal.Entry) (model.Record, error) {
	record, err := tx.LockRecord(recordID)
	if err != nil {
		return record, err
	}
	e.UnitID, e.Year, e.RecordID, e.VersionID = record.UnitID, record.Year, record.ID, record.NewestID
	e.FromState, err = s.ask(tx, who, record, action)
	e.ToState = e.FromState
	return record, err
}

// ask refuses whoever has no right here, and what the record's state forbids.
func (s *Service) ask(tx *store.Tx, who account.Identity, record model.Record, action rbac.Action) (model.State, error) {
	unit, err := s.seen(tx, who, record)
	if err != nil {
		return "", err
	}
	if err := s.rights.Check(who.Assignments(), action, unit.Path); err != nil {
		return "", err
	}
	version, err := tx.Version(record.NewestID)
	if err != nil {
		return "", err
	}
	is := func(role rbac.Role) bool {
		return slices.ContainsFunc(rbac.Holding(who.Assignments(), unit.Path), func(seat rbac.Seat) bool { return seat.Role == role })
	}
	switch {
	case version.State == model.Draft && is(rbac.Preparer):
	case version.State == model.InReview && is(rbac.Reviewer) && action == rbac.AttachmentAdd:
	default:
		return version.State, model.Fail(model.Conflict, "attachment.state",
			"这份申报现为“%s”，不能%s：经办人在草稿时增减附件，审核人在审核时补充附件", version.State.Word(), action.ZH)
	}
	return version.State, nil
}

// fits refuses one too many, and the same file twice.
func fits(tx *store.Tx, a model.Attachment) error {
	list, err := tx.Attachments(a.RecordID)
	if err != nil {
		return err
	}
	n := 0
	for _, other := range list {
		if other.RemovedAt != nil {
			continue
		}
		if n++; other.Hash == a.Hash {
			return model.Fail(model.Conflict, "attachment.duplicate", "同样内容的附件已经有了：“%s”，不必重复上传", other.Name)
		}
	}
	if n >= maxPerRecord {
		return model.Fail(model.Conflict, "attachment.tooMany", "一份申报最多 %d 个附件，请先移除不需要的", maxPerRecord)
	}
	return nil
}

// Remove takes an attachment off a draft; it stays in the history.
// Errors: NotFound "attachment.notFound", also where it is out of reach; Forbidden
// "right.missing"; Conflict "attachment.state", "attachment.removed".
func (s *Service) Remove(ctx context.Context, who account.Identity, id model.ID, reason string) error {
	event := model.Event{Actor: who.Actor(), Action: rbac.AttachmentRemove.Name, Reason: reason}
	return journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		a, err := tx.Attachment(id)
		if err != nil {
			return err
		}
		if _, err := s.open(tx, who, a.RecordID, rbac.AttachmentRemove, e); err != nil {
			return err
		}
		e.Note("name", a.Name)
		e.Note("hash", a.Hash)
		a.RemovedBy = who.Actor()
		return tx.RemoveAttachment(&a)
	})
}

// Open gives an attachment with its content, which the caller closes.
// Errors: NotFound "attachment.notFound", also where it is out of reach; Internal
// where the file is gone.
func (s *Service) Open(ctx context.Context, who account.Identity, id model.ID) (a model.Attachment, content *os.File, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		if a, err = tx.Attachment(id); err != nil {
			return err
		}
		record, err := tx.RecordByID(store.Everything(), a.RecordID)
		if err != nil {
			return err
		}
		if _, err = s.seen(tx, who, record); model.CodeOf(err) == model.NotFound && err != nil {
			return model.Fail(model.NotFound, "attachment.notFound", "没有标识为 %s 的附件，请刷新后重新选择", id)
		}
		return err
	})
	if err != nil {
		return a, nil, err
	}
	content, err = os.Open(s.place(a.Hash))
	return a, content, err
}
