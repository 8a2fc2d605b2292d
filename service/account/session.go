package account

import (
	"context"
	"time"

	"biaochi/model"
	"biaochi/model/store"
)

// touchEvery is how exactly a session's last request is kept: writing at every one
// would cost more than the request.
const touchEvery = time.Minute

// Authenticate tells who makes a request, and counts as a sign of life. Session,
// account and the version of all rights are asked of the database each time, in one
// query, so that what was taken back or ended a moment ago, on any instance, no
// longer holds; the rest comes from memory while the versions stand.
// Errors: Unauthenticated "session.missing" without a valid token, "session.ended"
// where the session was idle too long, reached its end, or was ended.
func (s *Service) Authenticate(ctx context.Context, token string) (Identity, error) {
	hash, ok := hashToken(token)
	if !ok {
		return Identity{}, model.Fail(model.Unauthenticated, "session.missing", "尚未登录，请先登录")
	}
	live, p, err := s.liveSession(ctx, hash)
	if model.CodeOf(err) == model.NotFound {
		return Identity{}, s.ended()
	}
	if err != nil {
		return Identity{}, err
	}
	now := s.now()
	idle := now.Sub(live.LastSeenAt)
	if !now.Before(live.ExpiresAt) || idle >= s.settings.Idle || p.account.Disabled {
		return Identity{}, s.ended()
	}
	if idle >= min(touchEvery, s.settings.Idle/10) {
		if err := s.touch(ctx, hash, now); err != nil {
			return Identity{}, err
		}
		live.LastSeenAt = now
	}
	return s.identify(p, live.Session, now), nil
}

func (s *Service) ended() error {
	return model.Fail(model.Unauthenticated, "session.ended", "登录已失效（超过 %d 分钟没有操作，或已在别处退出），请重新登录",
		int(s.settings.Idle.Minutes()))
}

// liveSession reads a session and its person on one snapshot.
func (s *Service) liveSession(ctx context.Context, hash string) (live store.LiveSession, p person, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) (err error) {
		if live, err = tx.Session(hash); err != nil {
			return err
		}
		var fresh bool
		if p, fresh = s.people.get(live, s.now()); fresh {
			return nil
		}
		p, err = s.loadPerson(tx, live.AccountID)
		return err
	})
	if err == nil {
		s.people.put(p)
	}
	return live, p, err
}

// touch keeps the sign of life. A database too busy to write it is no reason to turn
// somebody away: the next request will.
func (s *Service) touch(ctx context.Context, hash string, at time.Time) error {
	err := s.store.InTx(ctx, func(tx *store.Tx) error { return tx.TouchSession(hash, at) })
	if model.CodeOf(err) == model.Conflict {
		return nil
	}
	return err
}

// Logout ends the session of a token; one that has ended is no error.
func (s *Service) Logout(ctx context.Context, token string) error {
	hash, ok := hashToken(token)
	if !ok {
		return nil
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		live, err := tx.Session(hash)
		if model.CodeOf(err) == model.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		account, err := tx.Account(live.AccountID)
		if err != nil {
			return err
		}
		if _, err := tx.EndSession(hash); err != nil {
			return err
		}
		return appendEvent(tx, account.Login, eventLogout, "", detail{Account: account.Login, Address: live.Address})
	})
}
