package publication

import (
	"cmp"
	"context"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/check"
	"biaochi/service/disclosure"
	"biaochi/service/render"
)

// FindingPlace is a place of a document with what the checks say about it.
type FindingPlace struct {
	Name     string // 预算公开表3《…》
	Anchor   string // in the document; "" for what stands nowhere in it
	Findings []check.Finding
}

// CheckedVersion is what the checks say of the newest version of a disclosure.
type CheckedVersion struct {
	Unit   model.BudgetUnit
	File   string         // the document among the files of the unit's year
	Places []FindingPlace // in the order of the document; what is in the records alone comes last
}

// Findings tells what the checks found in the newest version: what failed, and what
// could not be compared.
// Errors: NotFound "unit.notFound"; Conflict "disclosure.none", "disclosure.moved"
// where the records no longer give that version.
func (d *Desk) Findings(ctx context.Context, p rbac.Person, s Subject) (found CheckedVersion, err error) {
	err = d.books.store.Read(ctx, func(tx *store.Tx) error {
		w, err := d.open(tx, p, s)
		if err != nil {
			return err
		}
		if w.Newest == nil {
			return model.Fail(model.Conflict, "disclosure.none", "还没有生成公开文档；请先生成再查看校验结果")
		}
		e, err := w.compose(w.Newest.Number, w.Newest.Reason)
		if err != nil {
			return err
		}
		if e.hash != w.Newest.ContentHash {
			return model.Fail(model.Conflict, "disclosure.moved", "生成之后批复的内容有变动，校验结果已不是这一版的；请重新生成后再校验")
		}
		report, err := e.book.Check()
		if err != nil {
			return err
		}
		draft, err := e.book.Draft()
		if err != nil {
			return err
		}
		found = CheckedVersion{w.Unit, e.book.document("html").Name, byPlace(draft, report.Findings)}
		return nil
	})
	return found, err
}

// byPlace puts findings together by the place they are about; those of a record are
// about its form.
func byPlace(draft *disclosure.Draft, found []check.Finding) []FindingPlace {
	anchors, names := placesOf(draft.Document)
	list := []FindingPlace{}
	at := map[string]int{}
	for _, f := range found {
		if f.Outcome != check.Fail && f.Outcome != check.InsufficientData {
			continue
		}
		anchor := cmp.Or(f.Anchor, f.Table)
		if anchor == "" && ofForm(f) {
			anchor = draft.FormOf(f.Unit, f.Project)
		}
		name, there := names[anchor]
		if !there {
			anchor, name = "", "记录和整份文档"
		}
		i, known := at[anchor]
		if !known {
			i, at[anchor] = len(list), len(list)
			list = append(list, FindingPlace{Name: name, Anchor: anchor})
		}
		list[i].Findings = append(list[i].Findings, f)
	}
	slices.SortStableFunc(list, func(a, b FindingPlace) int { return order(anchors, a.Anchor) - order(anchors, b.Anchor) })
	return list
}

// ofForm tells a finding on a project or on a whole-unit target from one on a sheet.
func ofForm(f check.Finding) bool {
	rule, known := check.Find(f.Rule)
	return f.Project != "" || known && rule.Scope == check.TargetScope
}

func order(anchors []string, anchor string) int {
	if i := slices.Index(anchors, anchor); i >= 0 {
		return i
	}
	return len(anchors)
}

// placesOf gives the anchors of a document in their order, and how lists call them:
// a paragraph by the heading above it.
func placesOf(d render.Document) (anchors []string, names map[string]string) {
	names = map[string]string{}
	heading := ""
	for _, block := range d.Blocks {
		anchor, name := "", ""
		switch b := block.(type) {
		case render.Heading:
			heading = b.Text
			anchor, name = b.Anchor, heading
		case render.Paragraph:
			anchor, name = b.Anchor, heading
		case *render.Table:
			anchor, name = b.Key, b.Label+"《"+b.Title+"》"
		case render.Grid:
			anchor, name = b.Anchor, b.Entry
		case render.Chart:
			anchor, name = b.Anchor, "图“"+b.Title+"”"
		}
		if anchor != "" {
			anchors, names[anchor] = append(anchors, anchor), name
		}
	}
	return anchors, names
}
