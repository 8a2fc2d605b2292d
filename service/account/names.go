package account

import (
	"context"

	"biaochi/model/store"
)

// Names gives the names of people by login; logins without an account are missing.
// It asks for no right: who reads that somebody did something may know who that is.
func (s *Service) Names(ctx context.Context, logins []string) (names map[string]string, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		names, err = tx.AccountNames(logins)
		return err
	})
	return names, err
}
