package publication

import (
	"context"
	"encoding/json"

	"biaochi/model"
	"biaochi/model/store"
)

// PublicEvaluation is what went out last of a unit's self-evaluations of a year.
type PublicEvaluation struct {
	Unit    model.BudgetUnit
	Release model.EvaluationRelease
	Files   []model.PublicationFile // by name, without content
	Whole   *EvaluationResult       // nil where the whole unit's isn't out
	Results []EvaluationResult
}

// PublicEvaluations gives what the units at and below a path have published last of
// their self-evaluations of a year, by path. Whoever asks may see it.
func (s *Service) PublicEvaluations(ctx context.Context, path string, year int) (list []PublicEvaluation, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		releases, err := tx.EvaluationReleases(store.Subtrees(path), year)
		if err != nil {
			return err
		}
		for i, r := range releases {
			if i+1 < len(releases) && releases[i+1].UnitID == r.UnitID {
				continue // a later one took its place
			}
			one, err := publicEvaluation(tx, r)
			if err != nil {
				return err
			}
			list = append(list, one)
		}
		return nil
	})
	return list, err
}

func publicEvaluation(tx *store.Tx, r model.EvaluationRelease) (e PublicEvaluation, err error) {
	e.Release = r
	if e.Unit, err = tx.UnitByID(store.Everything(), r.UnitID); err != nil {
		return e, err
	}
	if e.Files, err = tx.PublicationFiles(r.ID); err != nil {
		return e, err
	}
	content, err := tx.Bundle(r.ID)
	if err != nil {
		return e, err
	}
	var b struct {
		Whole   *EvaluationResult  `json:"whole"`
		Results []EvaluationResult `json:"results"`
	}
	err = json.Unmarshal(content, &b)
	e.Whole, e.Results = b.Whole, b.Results
	return e, err
}

// ProjectResults gives the results of projects that are public, by the path of their
// unit and their code: for cards of projects.
func (s *Service) ProjectResults(ctx context.Context, path string, year int) (map[[2]string]EvaluationResult, error) {
	evaluations, err := s.PublicEvaluations(ctx, path, year)
	results := map[[2]string]EvaluationResult{}
	for _, e := range evaluations {
		for _, r := range e.Results {
			results[[2]string{e.Unit.Path, r.Code}] = r
		}
	}
	return results, err
}

// PublicEvaluationFile gives a file of what a unit published last of a year's
// self-evaluations, or of an earlier number.
// Errors: NotFound "publication.notFound", "publication.file".
func (s *Service) PublicEvaluationFile(ctx context.Context, q PublicQuery, name string) (file model.PublicationFile, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		unit, err := tx.UnitByCode(store.Everything(), q.Region, q.Unit)
		if err != nil {
			return err
		}
		releases, err := tx.EvaluationReleases(store.Subtrees(unit.Path), q.Year)
		if err != nil {
			return err
		}
		var id model.ID
		for _, r := range releases {
			if r.UnitID == unit.ID && (q.Number == 0 || r.Number == q.Number) {
				id = r.ID
			}
		}
		if id == 0 || q.Year == 0 {
			return model.Fail(model.NotFound, "publication.notFound", "没有公开这一年度的绩效自评结果，请从公开目录重新选择")
		}
		file, err = tx.PublicationFile(id, name)
		return err
	})
	return file, err
}
