package store

import "biaochi/model"

// The tables of tracking are among those that TestSchemaIsThatOfTheModels compares.
func init() {
	liveModels = append(liveModels, &model.TrackingSheet{}, &model.Correction{}, &model.ControlSheet{})
}
