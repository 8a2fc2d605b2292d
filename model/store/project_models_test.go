package store

import "biaochi/model"

func init() {
	liveModels = append(liveModels, &model.Project{}, &model.ProjectOrder{}, &model.ProjectRank{}, &model.PreEvaluation{}, &model.PreEvaluationRule{})
}
