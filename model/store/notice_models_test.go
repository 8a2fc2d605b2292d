package store

import "biaochi/model"

func init() { liveModels = append(liveModels, &model.Notice{}, &model.Mail{}, &model.ColumnMapping{}) }
