package execution

import (
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// fileTurn lets whoever has a right change the files of something while it is in a
// state: the one who answers adds and removes, the one who examines adds.
type fileTurn struct {
	state   model.State
	right   rbac.Action
	removes bool
}

// fileTurns tell who changes the evidence (佐证材料) of what follows from an approved
// target, and when. In a state without a turn nobody does.
var fileTurns = map[model.Purpose][]fileTurn{
	model.ForMonitoring: sheetTurns(rbac.MonitoringSave, rbac.MonitoringConfirm),
	model.ForEvaluation: sheetTurns(rbac.EvaluationSave, rbac.EvaluationConfirm),
	model.ForWhole:      sheetTurns(rbac.EvaluationSave, rbac.EvaluationConfirm),
	model.ForDepartment: {{model.State(model.AssessmentDraft), rbac.EvaluationByDepartment, true}},
	model.ForFinance:    {{model.State(model.AssessmentDraft), rbac.EvaluationByFinance, true}},
	model.ForCorrection: {
		{model.State(model.CorrectionOrdered), rbac.MonitoringReply, true},
		{model.State(model.CorrectionReplied), rbac.MonitoringClose, false},
	},
}

func sheetTurns(save, confirm rbac.Action) []fileTurn {
	return []fileTurn{{model.State(model.SheetDraft), save, true}, {model.State(model.SheetSubmitted), confirm, false}}
}

// AskEvidence tells whether the person may read, add or remove (an action on
// attachments) the files that back up what follows from a target, and in which state
// that is.
// Errors: NotFound "record.notFound", "window.notFound", "correction.notFound",
// "assessment.notFound"; Forbidden "right.missing", "sheet.own", "assessment.own";
// Conflict "attachment.state", "sheet.notApproved", "sheet.notOpen",
// "assessment.noSelf", "assessment.issued".
func (s *Service) AskEvidence(tx *store.Tx, p Person, of model.Backed, action rbac.Action) (model.State, error) {
	switch of.Purpose {
	case model.ForCorrection:
		return s.askOfCorrection(tx, p, of, action)
	case model.ForDepartment, model.ForFinance:
		return s.askOfAssessment(tx, p, of, action)
	}
	return s.askOfSheet(tx, p, of, action)
}

// turns are those that the person ever has: with none, whatever the state, the right is
// missing. Reading needs none.
// Errors: Forbidden "right.missing".
func (s *Service) turns(p Person, of model.Backed, action rbac.Action, path string) (mine []fileTurn, missing error) {
	for _, turn := range fileTurns[of.Purpose] {
		if action == rbac.AttachmentRemove && !turn.removes {
			continue
		}
		if err := s.rights.Check(p.Assignments, turn.right, path); err == nil {
			mine = append(mine, turn)
		} else if missing == nil {
			missing = err
		}
	}
	if len(mine) > 0 || action == rbac.AttachmentRead {
		return mine, nil
	}
	return nil, missing
}

func isTurn(mine []fileTurn, state model.State) bool {
	return slices.ContainsFunc(mine, func(turn fileTurn) bool { return turn.state == state })
}

func (s *Service) askOfCorrection(tx *store.Tx, p Person, of model.Backed, action rbac.Action) (model.State, error) {
	var id model.ID
	if err := id.UnmarshalText([]byte(of.Part)); err != nil {
		return "", err
	}
	c, err := tx.Correction(id)
	if err != nil {
		return "", err
	}
	if s.rights.Check(p.Assignments, rbac.MonitoringRead, c.UnitPath) != nil {
		return "", noCorrection(id)
	}
	mine, err := s.turns(p, of, action, c.UnitPath)
	if state := model.State(c.State); err != nil || action == rbac.AttachmentRead || isTurn(mine, state) {
		return state, err
	}
	return model.State(c.State), model.Fail(model.Conflict, "attachment.state",
		"这份整改通知现为“%s”，不能%s：整改中由单位增减佐证材料，待复核时由复核人补充，办结以后不再增减", c.State.Word(), action.ZH)
}

func (s *Service) askOfSheet(tx *store.Tx, p Person, of model.Backed, action rbac.Action) (model.State, error) {
	key := SheetKey{RecordID: of.RecordID, Kind: model.SheetKind(of.Purpose), Window: of.Part}
	mine, err := s.turnsAt(tx, p, key, of, action)
	if err != nil {
		return "", err
	}
	w, err := s.open(tx, p, key)
	if err != nil {
		return "", err
	}
	state := model.State(w.sheet.State)
	switch {
	case action == rbac.AttachmentRead:
		return state, nil
	case !isTurn(mine, state):
		return state, model.Fail(model.Conflict, "attachment.state",
			"这张%s现为“%s”，不能%s：填报中由经办人增减佐证材料，待确认时由审核人补充；确认以后要增减的，请审核人先退回",
			of.Purpose.Word(), w.sheet.State.Word(), action.ZH)
	case w.sheet.State == model.SheetDraft:
		return state, w.isOpen()
	}
	return state, w.mayConfirm()
}

// turnsAt are the person's turns at what follows from a record, as far as they hang on
// its unit alone: whoever has none isn't told of the state.
// Errors: NotFound "record.notFound"; Forbidden "right.missing".
func (s *Service) turnsAt(tx *store.Tx, p Person, key SheetKey, of model.Backed, action rbac.Action) ([]fileTurn, error) {
	record, err := tx.RecordByID(store.Everything(), key.RecordID)
	if err != nil {
		return nil, err
	}
	unit, err := tx.UnitByID(store.Everything(), record.UnitID)
	if err != nil {
		return nil, err
	}
	if !s.seesSheet(p, key, record, unit) {
		return nil, noTarget(key)
	}
	return s.turns(p, of, action, unit.Path)
}

func (s *Service) askOfAssessment(tx *store.Tx, p Person, of model.Backed, action rbac.Action) (model.State, error) {
	kind := model.AssessmentKind(of.Purpose)
	key, err := evaluationOf(tx, of.RecordID)
	if err != nil {
		return "", err
	}
	if _, err := s.turnsAt(tx, p, key, of, action); err != nil {
		return "", err
	}
	w, err := s.assessed(tx, p, key, kind)
	if err != nil {
		return "", err
	}
	state := model.State(w.begun.State)
	if action != rbac.AttachmentRead {
		return state, w.ready()
	}
	if w.begun.State != model.AssessmentIssued && w.may() != nil {
		return "", model.Fail(model.NotFound, "assessment.notFound", "%s还没有下达，下达以后才能查看它的佐证材料", kind.Word())
	}
	return state, nil
}

// evaluationOf is the self-evaluation that a filing or a whole-unit target has.
// Errors: NotFound "record.notFound".
func evaluationOf(tx *store.Tx, recordID model.ID) (SheetKey, error) {
	record, err := tx.RecordByID(store.Everything(), recordID)
	if record.Kind == model.TargetRecord {
		return SheetKey{RecordID: recordID, Kind: model.WholeSheet}, err
	}
	return SheetKey{RecordID: recordID, Kind: model.EvaluationSheet}, err
}
