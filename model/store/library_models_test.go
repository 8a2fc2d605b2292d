package store

import "biaochi/model"

// The library's tables are among those that TestSchemaIsThatOfTheModels compares.
func init() {
	liveModels = append(liveModels, &model.LibraryIndicator{}, &model.LibraryFunction{}, &model.LibraryUse{})
}
