package store

import "biaochi/model"

// The tables of publications are among those that TestSchemaIsThatOfTheModels compares.
func init() {
	liveModels = append(liveModels, &model.Publication{}, &model.PublicationBundle{}, &model.PublicationFile{}, &publicationChain{}, &model.EvaluationRelease{})
}
