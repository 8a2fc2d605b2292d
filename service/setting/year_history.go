package setting

import (
	"context"
	"encoding/json"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
)

// YearHistory gives what was set for a region's year, or tried, newest first.
// Errors: NotFound "region.notFound"; Forbidden "right.missing".
func (s *Service) YearHistory(ctx context.Context, who account.Identity, region string, year int) (list []model.Event, err error) {
	if err := s.rights.Check(who.Assignments(), rbac.YearRead, model.RegionPath(region)); err != nil {
		return nil, err
	}
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		if _, err := tx.Region(region); err != nil {
			return err
		}
		events, _, err := tx.EventPage(store.EventQuery{Action: "year.", Year: year})
		for _, e := range events {
			if about(e, region) {
				list = append(list, e)
			}
		}
		return err
	})
	return list, err
}

// about tells whether an event of a year is of the region.
func about(e model.Event, region string) bool {
	var detail struct {
		Region string `json:"region"`
	}
	return json.Unmarshal([]byte(e.Detail), &detail) == nil && detail.Region == region
}
