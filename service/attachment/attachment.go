// Package attachment owns the files that back up a filing or what follows from it
// (佐证材料): which may come in, where they lie, who may add, read and remove those of a
// filing; of what follows, service/execution says so. It must not know what they say.
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
	"biaochi/service/execution"
	"biaochi/service/journal"
)

// Settings say where files lie and how large one may be.
type Settings struct {
	Directory string
	MaxSize   int64 // bytes; 0 is 20 MiB
}

// DefaultMaxSize is the limit where an installation sets none.
const DefaultMaxSize = 20 << 20

// maxFiles bounds the attachments that back up one thing.
const maxFiles = 50

// Service is the use cases over one store and one directory, which other instances
// of the same installation share. It is safe for concurrent use.
type Service struct {
	store    *store.Store
	rights   *rbac.Enforcer
	tracked  *execution.Service
	settings Settings
}

// NewService works on a store and a directory, which is made when it is first used.
func NewService(s *store.Store, rights *rbac.Enforcer, tracked *execution.Service, settings Settings) *Service {
	if settings.MaxSize <= 0 {
		settings.MaxSize = DefaultMaxSize
	}
	return &Service{store: s, rights: rights, tracked: tracked, settings: settings}
}

// MaxSize is the limit of one file in bytes.
func (s *Service) MaxSize() int64 { return s.settings.MaxSize }

// Listing is the attachments of something with what one person may do to them now.
type Listing struct {
	Attachments []model.Attachment // removed ones among them
	Allowed     []rbac.Action
}

// List gives the attachments of a record, or of what follows from it; a correction is
// known by its Part alone.
// Errors: NotFound "record.notFound" and the like, also where it is out of reach; those
// of execution.AskEvidence.
func (s *Service) List(ctx context.Context, who account.Identity, of model.Backed) (l Listing, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		record, of, err := about(tx, of)
		if err != nil {
			return err
		}
		if _, err := s.ask(tx, who, record, of, rbac.AttachmentRead); err != nil {
			return err
		}
		if l.Allowed, err = s.allowed(tx, who, record, of); err != nil {
			return err
		}
		l.Attachments, err = tx.Attachments(of)
		return err
	})
	return l, err
}

// about gives the record that something belongs to, and all that it is known by.
func about(tx *store.Tx, of model.Backed) (record model.Record, _ model.Backed, err error) {
	if of.Purpose == model.ForCorrection {
		id, err := correctionOf(of)
		if err != nil {
			return record, of, err
		}
		c, err := tx.Correction(id)
		if err != nil {
			return record, of, err
		}
		of.RecordID = c.RecordID
	}
	record, err = tx.RecordByID(store.Everything(), of.RecordID)
	return record, of, err
}

func correctionOf(of model.Backed) (id model.ID, err error) {
	return id, id.UnmarshalText([]byte(of.Part))
}

// allowed are the acts that ask would let the person do.
func (s *Service) allowed(tx *store.Tx, who account.Identity, record model.Record, of model.Backed) ([]rbac.Action, error) {
	actions := []rbac.Action{}
	for _, action := range []rbac.Action{rbac.AttachmentAdd, rbac.AttachmentRemove} {
		_, err := s.ask(tx, who, record, of, action)
		switch code := model.CodeOf(err); {
		case err == nil:
			actions = append(actions, action)
		case code != model.Forbidden && code != model.Conflict:
			return nil, err
		}
	}
	return actions, nil
}

// Add takes in a file. To a record preparers add while it is a draft, reviewers while
// they review it. What a file is, its content says; the ending of its name must agree.
// Errors: NotFound "record.notFound"; Forbidden "right.missing"; Invalid
// "attachment.name", "attachment.type", "attachment.content", "attachment.empty",
// "attachment.tooLarge"; Conflict "attachment.state", "attachment.tooMany",
// "attachment.duplicate"; those of execution.AskEvidence and of reading.
func (s *Service) Add(ctx context.Context, who account.Identity, of model.Backed, name string, content io.Reader) (a model.Attachment, err error) {
	if of, err = s.mayAdd(ctx, who, of); err != nil { // before a byte is read
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
		a = model.Attachment{Backed: of, Name: name, MediaType: kind.mediaType, Size: kept.size, Hash: kept.hash, AddedBy: who.Actor()}
		record, err := s.open(tx, who, a, rbac.AttachmentAdd, e)
		if err != nil {
			return err
		}
		a.VersionID = record.NewestID
		if err := fits(tx, a); err != nil {
			return err
		}
		return tx.AddAttachment(&a)
	})
	return a, err
}

// mayAdd asks everything that can be asked before the file comes, and gives all that
// the thing is known by.
func (s *Service) mayAdd(ctx context.Context, who account.Identity, of model.Backed) (found model.Backed, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		record, known, err := about(tx, of)
		if err != nil {
			return err
		}
		found = known
		_, err = s.ask(tx, who, record, known, rbac.AttachmentAdd)
		return err
	})
	return found, err
}

// open locks what a file backs up before anything is read, asks for the right, and
// fills in the event.
func (s *Service) open(tx *store.Tx, who account.Identity, a model.Attachment, action rbac.Action, e *journal.Entry) (model.Record, error) {
	record, err := tx.LockRecord(a.RecordID)
	if err != nil {
		return record, err
	}
	if a.Purpose == model.ForCorrection {
		id, err := correctionOf(a.Backed)
		if err != nil {
			return record, err
		}
		if _, err := tx.LockCorrection(id); err != nil {
			return record, err
		}
	}
	e.UnitID, e.Year, e.RecordID, e.VersionID = record.UnitID, record.Year, record.ID, record.NewestID
	e.Note("name", a.Name)
	e.Note("hash", a.Hash)
	if a.Purpose != model.ForRecord {
		e.Note("purpose", a.Purpose)
		e.Note("part", a.Part)
	}
	e.FromState, err = s.ask(tx, who, record, a.Backed, action)
	e.ToState = e.FromState
	return record, err
}

// ask refuses whoever has no right here, and what the state of the record, or of what
// follows from it, forbids.
func (s *Service) ask(tx *store.Tx, who account.Identity, record model.Record, of model.Backed, action rbac.Action) (model.State, error) {
	unit, err := tx.UnitByID(store.Everything(), record.UnitID)
	if err != nil {
		return "", err
	}
	if !s.rights.Decide(who.Assignments(), rbac.AttachmentRead, unit.Path).Allowed {
		return "", model.Fail(model.NotFound, "record.notFound", "没有标识为 %s 的申报或基本支出表，请刷新后重新选择", record.ID)
	}
	if err := s.rights.Check(who.Assignments(), action, unit.Path); err != nil {
		return "", err
	}
	if of.Purpose != model.ForRecord {
		return s.tracked.AskEvidence(tx, rbac.Person{Login: who.Actor(), Assignments: who.Assignments()}, of, action)
	}
	version, err := tx.Version(record.NewestID)
	if err != nil || action == rbac.AttachmentRead {
		return version.State, err
	}
	return version.State, askOfRecord(who, unit, version.State, action)
}

// askOfRecord refuses what the state of a record forbids.
// Errors: Conflict "attachment.state".
func askOfRecord(who account.Identity, unit model.BudgetUnit, state model.State, action rbac.Action) error {
	is := func(role rbac.Role) bool {
		return slices.ContainsFunc(rbac.Holding(who.Assignments(), unit.Path), func(seat rbac.Seat) bool { return seat.Role == role })
	}
	switch {
	case state == model.Draft && is(rbac.Preparer):
	case state == model.InReview && is(rbac.Reviewer) && action == rbac.AttachmentAdd:
	default:
		return model.Fail(model.Conflict, "attachment.state",
			"这份申报现为“%s”，不能%s：经办人在草稿时增减附件，审核人在审核时补充附件", state.Word(), action.ZH)
	}
	return nil
}

// fits refuses one too many, and the same file twice.
func fits(tx *store.Tx, a model.Attachment) error {
	list, err := tx.Attachments(a.Backed)
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
	if n >= maxFiles {
		return model.Fail(model.Conflict, "attachment.tooMany", "这里最多 %d 个附件，请先移除不需要的", maxFiles)
	}
	return nil
}

// Remove takes an attachment off what is being filled in; it stays in the history.
// Errors: NotFound "attachment.notFound", also where it is out of reach; Forbidden
// "right.missing"; Conflict "attachment.state", "attachment.removed"; those of
// execution.AskEvidence.
func (s *Service) Remove(ctx context.Context, who account.Identity, id model.ID, reason string) error {
	a, missing := s.find(ctx, id) // before the write, which begins with its lock
	event := model.Event{Actor: who.Actor(), Action: rbac.AttachmentRemove.Name, Reason: reason}
	return journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		if missing != nil {
			return missing
		}
		if _, err := s.open(tx, who, a, rbac.AttachmentRemove, e); err != nil {
			return unseen(err, id)
		}
		a.RemovedBy = who.Actor()
		return tx.RemoveAttachment(&a)
	})
}

func (s *Service) find(ctx context.Context, id model.ID) (a model.Attachment, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		a, err = tx.Attachment(id)
		return err
	})
	return a, err
}

// unseen makes an attachment of what is out of reach one that isn't there.
func unseen(err error, id model.ID) error {
	if err != nil && model.CodeOf(err) == model.NotFound {
		return model.Fail(model.NotFound, "attachment.notFound", "没有标识为 %s 的附件，请刷新后重新选择", id)
	}
	return err
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
		_, err = s.ask(tx, who, record, a.Backed, rbac.AttachmentRead)
		return unseen(err, id)
	})
	if err != nil {
		return a, nil, err
	}
	content, err = os.Open(s.place(a.Hash))
	return a, content, err
}
