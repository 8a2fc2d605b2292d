package exchange

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/budget"
	"biaochi/service/library"
	"biaochi/service/revision"
)

// Service brings packages in and out of one store.
type Service struct {
	store *store.Store
	now   func() time.Time
}

// NewService works on a store; the clock should be the store's.
func NewService(s *store.Store, now func() time.Time) *Service { return &Service{store: s, now: now} }

// ImportOptions say how a package comes in.
type ImportOptions struct {
	// Approved brings the records in as approved; Reason is then owed.
	Approved bool
	Reason   string
	// Region is asked for only where the installation holds several and the package
	// names none.
	Region string
	Actor  string
	// Progress, where given, is told after each project how many of how many are
	// done; a repeated transaction begins to count anew.
	Progress func(done, total int)
}

// Import brings one package in, in one transaction: all of it or nothing. The same
// package twice changes nothing. Errors: Invalid with every fault of the package
// at its path; Conflict where a record is under review; whatever the store says.
func (s *Service) Import(ctx context.Context, p *Package, opts ImportOptions) (*ImportResult, error) {
	if opts.Approved && opts.Reason == "" {
		return nil, model.Fail(model.Invalid, "import.reason", "以已批复状态导入须用 --reason 说明理由")
	}
	var result *ImportResult
	err := s.store.InTx(ctx, func(tx *store.Tx) error {
		in := &importer{Service: s, tx: tx, p: p, opts: opts, at: s.now().UTC().Truncate(time.Millisecond)}
		var err error
		result, err = in.run()
		return err
	})
	return result, err
}

// importer is one import under way.
type importer struct {
	*Service
	tx       *store.Tx
	p        *Package
	opts     ImportOptions
	at       time.Time
	unit     model.BudgetUnit
	initial  *model.Approval // the 批复 that froze 年初, nil where there is none yet
	approval *model.Approval // the one that this import's versions are approved by
	result   *ImportResult
}

func (in *importer) run() (*ImportResult, error) {
	in.result = &ImportResult{Unit: in.p.Unit.Code, Name: in.p.Unit.Name, Year: in.p.Year, Approved: in.opts.Approved}
	for _, step := range []func() error{in.checkCodes, in.placeUnit, in.refuseEnded, in.loadApprovals, in.putSheet, in.putProjects, in.putTarget, in.log} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return in.result, nil
}

// checkCodes refuses unknown codes and broken references, which only the year's
// catalogue can tell.
func (in *importer) checkCodes() error {
	codes, err := LoadCodes(in.tx, in.p.Year)
	if err != nil {
		return err
	}
	return refuse(in.p.Validate(codes))
}

// loadApprovals finds the 批复 that froze 年初, and the one that the package's
// records come in under: an earlier one of the same number and date, else a new
// one, made when the first record needs it.
func (in *importer) loadApprovals() error {
	approvals, err := in.tx.Approvals(store.Everything(), []model.ID{in.unit.ID}, in.p.Year)
	if err != nil || len(approvals) == 0 {
		return err
	}
	in.initial = &approvals[0]
	named := in.named()
	for i := range approvals {
		if named.Number != "" && approvals[i].Number == named.Number && approvals[i].Date == named.Date {
			in.approval = &approvals[i]
		}
	}
	return nil
}

// refuseEnded refuses filings of projects that were ended before their year (终止).
func (in *importer) refuseEnded() error {
	ended, err := in.tx.EndedProjects(in.unit.ID, in.p.Year)
	if err != nil || len(ended) == 0 {
		return err
	}
	var faults []model.Problem
	for i, p := range in.p.Projects {
		if over, ok := ended[p.Code]; ok {
			faults = append(faults, model.Problem{Path: fmt.Sprintf("$.projects[%d].code", i), Message: over.Ended(in.p.Year).Message})
		}
	}
	return refuse(faults)
}

func (in *importer) named() model.ApprovalRef {
	if in.p.Approval == nil {
		return model.ApprovalRef{}
	}
	return *in.p.Approval
}

func (in *importer) needApproval() (*model.Approval, error) {
	if in.approval != nil {
		return in.approval, nil
	}
	named := in.named()
	in.approval = &model.Approval{
		UnitID: in.unit.ID, Year: in.p.Year, Number: named.Number, Date: named.Date,
		Reason: in.opts.Reason, CreatedAt: in.at, CreatedBy: in.opts.Actor,
	}
	return in.approval, in.tx.AddApproval(in.approval)
}

func (in *importer) owner() budget.Owner {
	return budget.Owner{Year: in.p.Year, Path: in.unit.Path, Kind: in.p.Unit.Kind}
}

func (in *importer) putSheet() error {
	sheet := in.p.Sheet()
	return in.put(incoming{
		kind: model.SheetRecord, name: "基本支出表", hash: HashSheet(sheet),
		save:  func(tx *store.Tx, version model.ID) error { return tx.SaveSheetContent(version, sheet) },
		facts: func(v model.RecordVersion) []model.Fact { return budget.SheetFacts(in.owner(), sheet, v) },
	})
}

func (in *importer) putProjects() error {
	brought := map[string]bool{}
	for i := range in.p.Projects {
		p := &in.p.Projects[i]
		brought[p.Code] = true
		err := in.put(incoming{
			kind: model.FilingRecord, code: p.Code, name: p.Name, position: i + 1, hash: HashProject(p), project: p,
			save:  func(tx *store.Tx, version model.ID) error { return tx.SaveProjectContent(version, p) },
			facts: func(v model.RecordVersion) []model.Fact { return budget.ProjectFacts(in.owner(), p, v) },
		})
		if err != nil {
			return err
		}
		if in.opts.Progress != nil {
			in.opts.Progress(i+1, len(in.p.Projects))
		}
	}
	return in.nameAbsent(brought)
}

// nameAbsent names the projects of the unit's year that the package leaves out;
// they stay as they are.
func (in *importer) nameAbsent(brought map[string]bool) error {
	records, err := in.tx.Records(store.Everything(), store.RecordFilter{
		UnitIDs: []model.ID{in.unit.ID}, Year: in.p.Year, Kind: model.FilingRecord,
	})
	for _, r := range records {
		if !brought[r.ProjectCode] {
			in.result.Absent = append(in.result.Absent, r.ProjectCode)
		}
	}
	return err
}

// putTarget brings the whole-unit target in. Where the package leaves it out, one
// that is there stays and is named.
func (in *importer) putTarget() error {
	target := in.p.WholeUnitTarget
	if target == nil {
		_, found, err := in.tx.RecordOf(store.Everything(), model.TargetRecord, in.unit.ID, in.p.Year, "")
		in.result.AbsentTarget = found
		return err
	}
	return in.put(incoming{
		kind: model.TargetRecord, name: "整体支出绩效目标", hash: HashTarget(target),
		save:  func(tx *store.Tx, version model.ID) error { return tx.SaveTargetContent(version, target) },
		facts: func(model.RecordVersion) []model.Fact { return nil },
	})
}

// incoming is a record as the package has it.
type incoming struct {
	kind     model.RecordKind
	code     string // project code, else ""
	name     string
	position int
	hash     string
	project  *model.ProjectContent // of a filing
	save     func(tx *store.Tx, version model.ID) error
	facts    func(v model.RecordVersion) []model.Fact
}

// put brings one record in: nothing where its content is there already, else a new
// version; approved where the import says so.
func (in *importer) put(rec incoming) error {
	record, found, err := in.tx.RecordOf(store.Everything(), rec.kind, in.unit.ID, in.p.Year, rec.code)
	if err != nil {
		return err
	}
	if !found {
		return in.create(rec)
	}
	versions, err := in.tx.Versions(record.ID)
	if err != nil {
		return err
	}
	moved := record.Position != rec.position
	record.Position = rec.position
	same := sameContent(record, versions, rec.hash, in.opts.Approved)
	switch {
	case same != nil && (!in.opts.Approved || same.State == model.Approved):
		return in.keep(rec, record, moved)
	case same != nil:
		return in.approveExisting(rec, record, versions, same)
	}
	return in.addVersion(rec, record, versions)
}

// sameContent finds the version that already holds the content: an approved import
// looks at the one in force first, a draft import at the newest.
func sameContent(record model.Record, versions []model.RecordVersion, hash string, approved bool) *model.RecordVersion {
	wanted := []model.ID{record.NewestID}
	if approved {
		wanted = []model.ID{record.InForceID, record.NewestID}
	}
	for _, id := range wanted {
		for i := range versions {
			if versions[i].ID == id && versions[i].Hash == hash {
				return &versions[i]
			}
		}
	}
	return nil
}

func (in *importer) keep(rec incoming, record model.Record, moved bool) error {
	if !moved {
		return nil
	}
	in.result.add(Change{Kind: rec.kind, Code: rec.code, Name: rec.name, What: Reordered})
	return in.tx.UpdateRecord(&record)
}

func (in *importer) create(rec incoming) error {
	record := model.Record{
		ID: in.store.NextID(), Kind: rec.kind, UnitID: in.unit.ID, Year: in.p.Year, ProjectCode: rec.code, Position: rec.position,
	}
	return in.addVersion(rec, record, nil)
}

// addVersion saves the content as the record's newest version.
func (in *importer) addVersion(rec incoming, record model.Record, versions []model.RecordVersion) error {
	if n := len(versions); n > 0 && versions[n-1].State == model.InReview {
		return model.Fail(model.Conflict, "import.inReview",
			"%s %s 正在审核，不能导入新内容；请先撤回或退回后再导入", rec.name, rec.code)
	}
	version := model.RecordVersion{
		ID: in.store.NextID(), RecordID: record.ID, Number: len(versions) + 1, State: model.Draft,
		CreatedAt: in.at, CreatedBy: in.opts.Actor,
	}
	if err := in.decide(&version, versions); err != nil {
		return err
	}
	r := revision.Revision{
		Record: &record, Was: versions, Versions: append(slices.Clone(versions), version),
		Content: &revision.Content{Hash: rec.hash, Save: rec.save, Facts: rec.facts},
	}
	return in.keepRevision(rec, &r, "", versionWord(version))
}

func versionWord(v model.RecordVersion) What {
	if v.Number == 1 {
		return Created
	}
	return NewVersion
}

// decide gives a version that comes in as approved its 批复. Content that replaces
// an approved version, or comes under another 批复 than the first, counts in
// 变动后 alone: 年初 was frozen.
func (in *importer) decide(version *model.RecordVersion, earlier []model.RecordVersion) error {
	if !in.opts.Approved {
		return nil
	}
	approval, err := in.needApproval()
	if err != nil {
		return err
	}
	version.AfterInitial = in.initial != nil && (approval.ID != in.initial.ID || hasApproved(earlier))
	version.State = model.Approved
	version.ApprovalID = approval.ID
	return nil
}

func hasApproved(versions []model.RecordVersion) bool {
	for _, v := range versions {
		if v.State == model.Approved {
			return true
		}
	}
	return false
}

// approveExisting approves a version that is there with the same content.
func (in *importer) approveExisting(rec incoming, record model.Record, versions []model.RecordVersion, same *model.RecordVersion) error {
	was, from := slices.Clone(versions), same.State
	if err := in.decide(same, versions); err != nil {
		return err
	}
	r := revision.Revision{Record: &record, Was: was, Versions: versions}
	return in.keepRevision(rec, &r, from, Approved)
}

// keepRevision saves a revision with its event, takes the indicators of a filing that
// became approved into the library (指标库), and notes the change for the answer.
func (in *importer) keepRevision(rec incoming, r *revision.Revision, from model.State, what What) error {
	v := &r.Versions[r.Current()]
	err := r.Keep(in.tx, func() (model.Event, error) {
		return model.Event{
			At: in.at, Actor: in.opts.Actor, Action: "package.import", FromState: from, ToState: v.State, Reason: in.opts.Reason,
		}, nil
	})
	if err != nil {
		return err
	}
	in.result.add(Change{Kind: rec.kind, Code: rec.code, Name: rec.name, What: what, Version: v.Number})
	if v.State != model.Approved || rec.project == nil {
		return nil
	}
	return library.Feed(in.tx, library.Approved{
		RecordID: r.Record.ID, Year: in.p.Year, Unit: in.unit, Project: rec.project, Actor: in.opts.Actor, At: in.at,
	})
}

// log appends one event for the import as a whole, where it changed anything.
func (in *importer) log() error {
	if in.result.Unchanged() {
		return nil
	}
	detail, err := json.Marshal(in.result)
	if err != nil {
		return err
	}
	return in.tx.AppendEvent(&model.Event{
		At: in.at, Actor: in.opts.Actor, Action: "package.import",
		UnitID: in.unit.ID, Year: in.p.Year, Reason: in.opts.Reason, Detail: string(detail),
	})
}
