package store

import (
	"context"
	"math/rand/v2"
	"time"

	"biaochi/model"
)

const (
	attempts   = 8
	firstPause = 5 * time.Millisecond
	lastPause  = 500 * time.Millisecond
)

// retry runs a whole transaction until it succeeds, fails for a reason that
// another attempt can't cure, or the attempts are used up. Pauses grow and are
// random, so that those who met once do not meet again.
func retry(ctx context.Context, transaction func() error) error {
	pause := firstPause
	for n := 1; ; n++ {
		err := transaction()
		if err == nil || !retryable(err) {
			return err
		}
		if n == attempts {
			return busy(err)
		}
		select {
		case <-ctx.Done():
			return busy(err)
		case <-time.After(pause/2 + rand.N(pause)):
		}
		pause = min(2*pause, lastPause)
	}
}

func busy(err error) error {
	return &model.Error{Code: model.Conflict, Reason: "store.busy", Message: "数据库正忙，请稍后再试", Err: err}
}
