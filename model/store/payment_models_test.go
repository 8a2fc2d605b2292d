package store

import "biaochi/model"

// The tables of payments are among those that TestSchemaIsThatOfTheModels compares.
func init() {
	liveModels = append(liveModels, &paymentRow{}, &model.PaymentBatch{}, &model.PaymentColumn{})
}
