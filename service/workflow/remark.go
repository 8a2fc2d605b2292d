package workflow

import (
	"fmt"
	"strings"

	"biaochi/model"
)

// Remark is a reviewer's note on a place of the content (审核意见).
type Remark struct {
	// Path points at a field or an indicator row, in the words of the record's
	// JSON: "$.form.annualGoal", "$.form.indicators[3].annual.value". "$" is the
	// whole.
	Path string `json:"path"`
	Text string `json:"text"`
}

// checkRemarks asks a return to say why, in a reason or in remarks, and each
// remark to have a place and a text. All faults come at once.
func checkRemarks(in Situation, act Act) *model.Error {
	if strings.TrimSpace(act.Reason) == "" && len(act.Remarks) == 0 {
		return model.Fail(model.Invalid, "workflow.remark", "%s，退回须说明理由，或在有关内容旁填写意见", in.where())
	}
	var faults []model.Problem
	for i, r := range act.Remarks {
		if r.Path != "$" && !strings.HasPrefix(r.Path, "$.") {
			faults = append(faults, model.Problem{Path: fmt.Sprintf("$.remarks[%d].path", i), Message: "意见须指向表中的内容"})
		}
		if strings.TrimSpace(r.Text) == "" {
			faults = append(faults, model.Problem{Path: fmt.Sprintf("$.remarks[%d].text", i), Message: "意见不能为空"})
		}
	}
	if faults == nil {
		return nil
	}
	err := model.Fail(model.Invalid, "workflow.remark", "%s，有 %d 处审核意见不完整；请补充后再退回", in.where(), len(faults))
	err.Fields = faults
	return err
}
