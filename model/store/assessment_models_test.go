package store

import "biaochi/model"

func init() { liveModels = append(liveModels, &model.Assessment{}) }
