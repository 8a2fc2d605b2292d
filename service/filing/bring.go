package filing

import (
	"context"

	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/workflow"
)

// Brought is a content that comes in with others: of a record that is there, over the
// lock under which it was read, or of one to begin, with neither.
type Brought struct {
	RecordID model.ID `json:"recordId"`
	Lock     int      `json:"lock"`
	Content  Content  `json:"content"`
}

// Batch is contents of one unit's year that come in together.
type Batch struct {
	UnitID  model.ID  `json:"unitId"`
	Year    int       `json:"year"`
	Records []Brought `json:"records"`
	Key     string    `json:"-"`
}

// Bring keeps contents as drafts, all of them or none, with an event each. Answers
// come in the order of the contents.
// Errors: those of Create and Save.
func (s *Service) Bring(ctx context.Context, p rbac.Person, b Batch) ([]Answer, error) {
	if len(b.Records) == 0 || len(b.Records) > maxBatch {
		return nil, model.Fail(model.Invalid, "batch.tooMany", "一次导入 1 至 %d 份，其余请分批导入", maxBatch)
	}
	r := request{person: p, action: workflow.Save.Named(b.Records[0].Content.kind()), key: b.Key, body: b}
	return run(ctx, s, r, func(w *work) ([]Answer, error) {
		var answers []Answer
		for _, one := range b.Records {
			a, err := w.bringOne(b, one)
			if err != nil {
				return nil, err
			}
			answers = append(answers, a)
		}
		return answers, nil
	})
}

// bringOne is one of them, on w itself so that a refusal names the record.
func (w *work) bringOne(b Batch, one Brought) (Answer, error) {
	*w = work{Service: w.Service, tx: w.tx, person: w.person, at: w.at}
	if one.RecordID != 0 {
		return w.saveDraft(Draft{RecordID: one.RecordID, Lock: one.Lock, Content: one.Content})
	}
	return w.create(NewRecord{UnitID: b.UnitID, Year: b.Year, Content: one.Content})
}
