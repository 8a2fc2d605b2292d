package publication

import (
	"cmp"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/budget"
	"biaochi/service/disclosure"
	"biaochi/service/workflow"
)

// edition is a document composed from the records of this moment, with the book it
// came from.
type edition struct {
	book    *Book
	bundle  *disclosure.Bundle
	encoded []byte
	hash    string
}

// compose makes the edition of a number from 年初. A correction takes the texts of a
// unit's sheet as approved last: figures and forms of 年初 are frozen.
func (w *rung) compose(number int, reason string) (*edition, error) {
	b, err := w.books.open(w.tx, Query{
		Scope: store.Everything(), Region: w.Unit.RegionCode, Unit: w.Unit.Code, Year: w.Year, Department: w.Whole, State: model.StateInitial,
		NewestTexts: number > 1, Counted: true, Filings: true, Document: true,
	})
	if err != nil {
		return nil, err
	}
	if b.Tables, err = budget.Assemble(b.input()); err != nil {
		return nil, err
	}
	e := &edition{book: b}
	if e.bundle, err = b.bundle(); err != nil {
		return nil, err
	}
	e.bundle.Number, e.bundle.Reason = number, reason
	if w.Approval != nil {
		e.bundle.Approval = &model.ApprovalRef{Number: w.Approval.Number, Date: w.Approval.Date}
	}
	if e.encoded, err = e.bundle.Encode(); err != nil {
		return nil, err
	}
	e.hash = disclosure.ContentHash(e.encoded)
	return e, nil
}

// assemble makes the document anew, or as the next version of a published one.
func (w *rung) assemble(step Step) error {
	in := w.situation()
	stage, err := workflow.Climb(in, step.Action)
	if err != nil {
		return err
	}
	next := model.Publication{UnitID: w.UnitID, Year: w.Year, Whole: w.Whole, Number: 1}
	switch {
	case step.Action == workflow.Correct:
		next.Number, next.Reason = w.Newest.Number+1, strings.TrimSpace(step.Reason)
		if next.Reason == "" {
			return model.Fail(model.Invalid, "disclosure.reason", "更正已公开的文档须说明理由，理由随新版本一并公开")
		}
	case w.Newest != nil:
		next.ID, next.Number, next.Reason, next.Version = w.Newest.ID, w.Newest.Number, w.Newest.Reason, w.Newest.Version
	}
	next.Stage, next.AssembledAt, next.AssembledBy = stage, w.at, w.person.Login
	e, err := w.compose(next.Number, next.Reason)
	if err != nil {
		return err
	}
	next.ContentHash, next.DueDate = e.hash, w.DueDate
	if err := w.keep(&next, e); err != nil {
		return err
	}
	w.log(in.Stage, &next)
	return nil
}

func (w *rung) keep(next *model.Publication, e *edition) error {
	if next.ID == 0 {
		return w.tx.AddPublication(next, e.encoded)
	}
	if err := w.tx.UpdatePublication(next); err != nil {
		return err
	}
	return w.tx.ReplaceBundle(next.ID, e.encoded)
}

// check runs every rule over the kept content and notes what it found.
func (w *rung) check(next *model.Publication) error {
	e, err := w.compose(next.Number, next.Reason)
	if err != nil {
		return err
	}
	if e.hash != next.ContentHash {
		return model.Fail(model.Conflict, "disclosure.stale", "生成之后批复的内容有变动，文档与记录不再一致；请重新生成后再校验")
	}
	report, err := e.book.Check()
	if err != nil {
		return err
	}
	at := w.at
	next.CheckedAt, next.CheckedBy = &at, w.person.Login
	next.Errors, next.Warnings = report.Errors(), report.Warnings()
	next.Override, next.OverrideBy = "", ""
	return nil
}

// publish puts the version out: files in every format, the seal, the chain.
func (w *rung) publish(step Step) error {
	in := w.situation()
	if _, err := workflow.Climb(in, step.Action); err != nil {
		return err
	}
	e, err := w.compose(w.Newest.Number, w.Newest.Reason)
	if err != nil {
		return err
	}
	in.Stale = e.hash != w.Newest.ContentHash
	stage, err := workflow.Climb(in, step.Action)
	if err != nil {
		return err
	}
	at, next := w.at, *w.Newest
	next.Stage, next.PublishedAt, next.PublishedBy, next.DueDate = stage, &at, w.person.Login, w.DueDate
	if w.Approval != nil {
		next.ApprovalID = w.Approval.ID
	}
	files, err := releaseFiles(e, StampOf(next))
	if err != nil {
		return err
	}
	if next.Previous, err = w.tx.LockChain(); err != nil {
		return err
	}
	if next.Seal, err = seal(next, files); err != nil {
		return err
	}
	return w.out(&next, files)
}

func (w *rung) out(next *model.Publication, files []model.PublicationFile) error {
	if err := w.tx.UpdatePublication(next); err != nil {
		return err
	}
	for i := range files {
		files[i].PublicationID = next.ID
	}
	if err := w.tx.AddPublicationFiles(files); err != nil {
		return err
	}
	if err := w.tx.MoveChain(next.Previous, next.Seal); err != nil {
		return err
	}
	w.log(w.Newest.Stage, next)
	return nil
}

// StampOf is what a published version says of itself.
func StampOf(p model.Publication) disclosure.Stamp {
	s := disclosure.Stamp{Number: p.Number, ReviewedOn: p.SecrecyDate, SignedOn: p.SignDate, ContentHash: p.ContentHash}
	if p.PublishedAt != nil {
		s.PublishedOn = model.Date(p.PublishedAt.In(model.Beijing).Format("2006-01-02"))
	}
	return s
}

// releaseFiles makes every file of a version, in the order of their names.
func releaseFiles(e *edition, stamp disclosure.Stamp) ([]model.PublicationFile, error) {
	release, err := disclosure.Release{Stamp: stamp, Bundle: e.encoded}.Encode()
	if err != nil {
		return nil, err
	}
	files := []model.PublicationFile{fileOf(disclosure.ReleaseFile, "json", release)}
	made, err := Rebuild(e.bundle, stamp, e.book.style)
	if err != nil {
		return nil, err
	}
	files = append(files, made...)
	slices.SortFunc(files, func(a, b model.PublicationFile) int { return cmp.Compare(a.Name, b.Name) })
	return files, nil
}

func fileOf(name, format string, content []byte) model.PublicationFile {
	return model.PublicationFile{Name: name, Format: format, Size: int64(len(content)), Hash: hashOf(content), Content: content}
}
