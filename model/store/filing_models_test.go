package store

import "biaochi/model"

// The filing's tables are among those that TestSchemaIsThatOfTheModels compares.
func init() {
	liveModels = append(liveModels, &model.RecordPosition{}, &model.RecordRemark{}, &model.KeptReview{}, &model.WarningAnswer{},
		&model.ApprovalAct{}, &model.IdempotencyKey{})
}
