package setting

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/journal"
)

// UnitChange is what the administrator says of a unit.
type UnitChange struct {
	Name string
	Kind model.UnitKind // "" for an office of the bureau, which has no budget
	// ParentCode is the unit above; "" makes it a competent department (主管部门).
	ParentCode string
}

// Most that the columns hold, and the depth that a path may have.
const (
	maxCode  = 64
	maxName  = 500
	maxDepth = 5
)

// CreateUnit adds a unit to a region's tree. The administrator's act.
// Errors: Forbidden "right.missing"; NotFound "region.notFound"; Invalid
// "unit.invalid", "unit.parent"; Conflict "unit.duplicate".
func (s *Service) CreateUnit(ctx context.Context, actor account.Identity, region, code string, c UnitChange) (unit model.BudgetUnit, err error) {
	event := model.Event{Actor: actor.Actor(), Action: "unit.create"}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		if err := s.rights.Check(actor.Assignments(), rbac.UnitSave, model.RegionPath(region)); err != nil {
			return err
		}
		if err := invalidUnit(append(c.tidy(), badCode(code)...)); err != nil {
			return err
		}
		if _, err := tx.Region(region); err != nil {
			return err
		}
		unit = model.BudgetUnit{RegionCode: region, Code: code, Name: c.Name, Kind: c.Kind, ParentCode: c.ParentCode}
		if unit.Path, err = pathBelow(tx, unit); err != nil {
			return err
		}
		if err := tx.AddUnit(&unit); err != nil {
			return err
		}
		e.UnitID = unit.ID
		e.Note("code", code)
		e.Note("name", c.Name)
		return nil
	})
	return unit, err
}

// UpdateUnit renames a unit, changes its kind, or puts it with all below it under
// another one; version is the one that the actor saw. A unit with records, its own or
// below it, stays where it is: they were reviewed and approved there. The
// administrator's act.
// Errors: Forbidden "right.missing"; NotFound "unit.notFound"; Invalid
// "unit.invalid", "unit.parent", "reason.missing"; Conflict "unit.changed",
// "unit.hasRecords", "unit.isOffice".
func (s *Service) UpdateUnit(ctx context.Context, actor account.Identity, id model.ID, version int, c UnitChange, reason string) (unit model.BudgetUnit, err error) {
	event := model.Event{Actor: actor.Actor(), Action: rbac.UnitSave.Name, Reason: reason}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		if err := s.rights.Check(actor.Assignments(), rbac.UnitSave, ""); err != nil {
			return err
		}
		if unit, err = tx.UnitByID(store.Everything(), id); err != nil {
			return err
		}
		e.UnitID = id
		if err := invalidUnit(c.tidy()); err != nil {
			return err
		}
		if err := journal.NeedReason(reason); err != nil {
			return err
		}
		return change(tx, &unit, version, c, e)
	})
	return unit, err
}

func change(tx *store.Tx, unit *model.BudgetUnit, version int, c UnitChange, e *journal.Entry) error {
	was := *unit
	unit.Name, unit.Kind, unit.ParentCode, unit.Version = c.Name, c.Kind, c.ParentCode, version
	unit.Stub = unit.Stub && c.Kind == ""
	for _, field := range []struct{ key, before, after string }{
		{"name", was.Name, c.Name}, {"kind", string(was.Kind), string(c.Kind)}, {"parentCode", was.ParentCode, c.ParentCode},
	} {
		if field.before != field.after {
			e.Note(field.key, []string{field.before, field.after})
		}
	}
	if was.ParentCode != c.ParentCode {
		if err := move(tx, unit, was); err != nil {
			return err
		}
	}
	return tx.UpdateUnit(unit)
}

// move puts a unit with all below it under its new parent. Rights follow the tree,
// so whoever has some is asked anew.
func move(tx *store.Tx, unit *model.BudgetUnit, was model.BudgetUnit) error {
	if err := mayMove(tx, was); err != nil {
		return err
	}
	path, err := pathBelow(tx, *unit)
	if err != nil {
		return err
	}
	if strings.HasPrefix(path, was.Path) {
		return model.Fail(model.Invalid, "unit.parent", "%s 不能移到自己或自己的下级之下，请另选上级单位", unit.Name)
	}
	if err := tx.MoveUnits(was.Path, path); err != nil {
		return err
	}
	unit.Path = path
	return tx.BumpRights()
}

// mayMove refuses a unit whose place is part of what was reviewed, or of what
// offices look after.
func mayMove(tx *store.Tx, unit model.BudgetUnit) error {
	below, err := tx.Units(store.Everything(), store.UnitFilter{Under: unit.Path})
	if err != nil {
		return err
	}
	var ids []model.ID
	for _, u := range below {
		ids = append(ids, u.ID)
	}
	records, err := tx.Records(store.Everything(), store.RecordFilter{UnitIDs: ids})
	if err != nil {
		return err
	}
	if len(records) > 0 {
		return model.Fail(model.Conflict, "unit.hasRecords",
			"%s（含下级）已有 %d 份申报或基本支出表，它们按原隶属关系审核，不能再改上级单位；机构改革请新建单位", unit.Name, len(records))
	}
	return looksAfter(tx, unit)
}

func looksAfter(tx *store.Tx, unit model.BudgetUnit) error {
	offices, err := tx.Offices(store.Subtrees(model.RegionPath(unit.RegionCode)), 0)
	if err != nil {
		return err
	}
	ids := make([]model.ID, len(offices))
	for i, o := range offices {
		ids[i] = o.UnitID
	}
	assigned, err := tx.OfficeDepartments(ids)
	if err != nil {
		return err
	}
	for _, o := range offices {
		same := func(d model.BudgetUnit) bool { return d.ID == unit.ID }
		if o.UnitID == unit.ID || slices.ContainsFunc(assigned[o.UnitID], same) {
			return model.Fail(model.Conflict, "unit.isOffice", "%s 是股室或由股室分管，不能改上级单位；请先由安全管理员撤销股室或取消分管", unit.Name)
		}
	}
	return nil
}

// pathBelow is where a unit belongs by its parent's code.
// Errors: Invalid "unit.parent".
func pathBelow(tx *store.Tx, unit model.BudgetUnit) (string, error) {
	if unit.ParentCode == "" {
		return model.ChildPath(model.RegionPath(unit.RegionCode), unit.Code), nil
	}
	parent, err := tx.UnitByCode(store.Everything(), unit.RegionCode, unit.ParentCode)
	if model.CodeOf(err) == model.NotFound && err != nil {
		return "", model.Fail(model.Invalid, "unit.parent", "没有代码为 %s 的上级单位，请先建立上级单位", unit.ParentCode)
	}
	if err != nil {
		return "", err
	}
	offices, err := tx.Offices(store.Everything(), parent.ID)
	if err != nil {
		return "", err
	}
	if len(offices) > 0 {
		return "", model.Fail(model.Invalid, "unit.parent", "%s 是股室，不能有下级单位", parent.Name)
	}
	if strings.Count(parent.Path, "/") > maxDepth {
		return "", model.Fail(model.Invalid, "unit.parent", "单位最多 %d 级，请另选上级单位", maxDepth)
	}
	return model.ChildPath(parent.Path, unit.Code), nil
}

// tidy cuts blanks and tells all that is wrong.
func (c *UnitChange) tidy() (problems []model.Problem) {
	c.Name, c.ParentCode = strings.TrimSpace(c.Name), strings.TrimSpace(c.ParentCode)
	if n := utf8.RuneCountInString(c.Name); n == 0 || n > maxName || strings.ContainsFunc(c.Name, unicode.IsControl) {
		problems = append(problems, model.Problem{Path: "$.name", Message: "请填写单位名称，不超过 500 字，不含控制字符"})
	}
	if c.Kind != "" && !slices.Contains(model.UnitKinds, c.Kind) {
		problems = append(problems, model.Problem{Path: "$.kind", Message: "单位性质只能是行政单位、参公事业单位或事业单位"})
	}
	return problems
}

// badCode tells what is wrong with a code, which becomes part of paths.
func badCode(code string) []model.Problem {
	odd := func(r rune) bool { return r == '/' || r == '\\' || unicode.In(r, unicode.C, unicode.Z) }
	if code == "" || utf8.RuneCountInString(code) > maxCode || strings.ContainsFunc(code, odd) {
		return []model.Problem{{Path: "$.code", Message: "单位代码不能为空，不超过 64 个字符，不含空格和斜线"}}
	}
	return nil
}

func invalidUnit(problems []model.Problem) error {
	if len(problems) == 0 {
		return nil
	}
	return &model.Error{Code: model.Invalid, Reason: "unit.invalid", Fields: problems, Message: "单位信息有误，请按提示修改"}
}
