package store

import (
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"biaochi/model"
)

// publicationChain is the end of the chain of seals: one row, which every publishing
// moves on.
type publicationChain struct {
	ID     int `gorm:"primaryKey;autoIncrement:false"`
	Seal   string
	Length int
}

// AddPublication adds a version of a disclosure with its bundle; a missing identifier
// is filled in, the lock becomes 1.
// Errors: Conflict "publication.duplicate" where the number is taken.
func (tx *Tx) AddPublication(p *model.Publication, bundle []byte) error {
	tx.nextID(&p.ID)
	tx.fillTime(&p.AssembledAt)
	p.Version = 1
	err := tx.fail(tx.db.Create(p).Error)
	if model.CodeOf(err) == model.Conflict {
		return &model.Error{Code: model.Conflict, Reason: "publication.duplicate", Err: err,
			Message: "别人刚生成了这一版公开文档，请刷新后再试"}
	}
	if err != nil {
		return err
	}
	return tx.fail(tx.db.Create(&model.PublicationBundle{PublicationID: p.ID, Content: bundle}).Error)
}

// UpdatePublication saves a version that isn't published, as read before, and counts
// its lock up. Whether it is published is asked of the database, so that no caller
// can change one that is.
// Errors: Conflict "publication.changed" where somebody else saved or published it.
func (tx *Tx) UpdatePublication(p *model.Publication) error {
	next := *p
	next.Version++
	result := tx.db.Model(&next).Where("id = ? AND version = ? AND stage <> ?", p.ID, p.Version, model.StagePublished).
		Select("*").Omit("id", "unit_id", "year", "whole", "number").Updates(&next)
	switch {
	case result.Error != nil:
		return tx.fail(result.Error)
	case result.RowsAffected == 0:
		return published()
	}
	tx.assign(&p.Version, next.Version)
	return nil
}

// ReplaceBundle gives a version that isn't published another content.
// Errors: Conflict "publication.changed" where it is.
func (tx *Tx) ReplaceBundle(id model.ID, bundle []byte) error {
	out := tx.db.Model(&model.Publication{}).Select("id").Where("stage = ?", model.StagePublished)
	result := tx.db.Model(&model.PublicationBundle{}).Where("publication_id = ? AND publication_id NOT IN (?)", id, out).Update("content", bundle)
	if result.Error == nil && result.RowsAffected == 0 {
		return published()
	}
	return tx.fail(result.Error)
}

func published() error {
	return model.Fail(model.Conflict, "publication.changed", "公开文档刚被别人办理，或者已经公开，请刷新后再试")
}

// Bundle gives the content of a version as it was kept.
// Errors: NotFound "publication.notFound".
func (tx *Tx) Bundle(id model.ID) ([]byte, error) {
	var row model.PublicationBundle
	err := tx.db.Where("publication_id = ?", id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, noPublication()
	}
	return row.Content, tx.fail(err)
}

func noPublication() error {
	return model.Fail(model.NotFound, "publication.notFound", "没有这一版公开文档，请刷新后重新选择")
}

// PublicationByID gives a version.
// Errors: NotFound "publication.notFound", also where its unit is outside the scope.
func (tx *Tx) PublicationByID(scope Scope, id model.ID) (p model.Publication, err error) {
	err = tx.inScope(scope, "publications").Where("publications.id = ?", id).Take(&p).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return p, noPublication()
	}
	return publicationInUTC(p), tx.fail(err)
}

// PublicationFilter narrows Publications; an empty field asks for nothing.
type PublicationFilter struct {
	UnitID    model.ID
	Year      int
	Whole     *bool
	Published bool // only those that are out
}

// Publications lists versions in scope by unit, year and number.
func (tx *Tx) Publications(scope Scope, filter PublicationFilter) ([]model.Publication, error) {
	query := tx.inScope(scope, "publications")
	if filter.UnitID != 0 {
		query = query.Where("publications.unit_id = ?", filter.UnitID)
	}
	if filter.Year != 0 {
		query = query.Where("publications.year = ?", filter.Year)
	}
	if filter.Whole != nil {
		query = query.Where("publications.whole = ?", *filter.Whole)
	}
	if filter.Published {
		query = query.Where("publications.stage = ?", model.StagePublished)
	}
	var list []model.Publication
	err := query.Order("publications.unit_id, publications.year, publications.whole, publications.number").Find(&list).Error
	for i := range list {
		list[i] = publicationInUTC(list[i])
	}
	return list, tx.fail(err)
}

func publicationInUTC(p model.Publication) model.Publication {
	p.AssembledAt = p.AssembledAt.UTC()
	for _, at := range []**time.Time{&p.CheckedAt, &p.PublishedAt} {
		if *at != nil {
			utc := (*at).UTC()
			*at = &utc
		}
	}
	return p
}

// ChainEnd gives the seal of the version published last, "" before the first, and how
// many there are.
func (tx *Tx) ChainEnd() (seal string, length int, err error) {
	var end publicationChain
	err = tx.db.Where("id = 1").Take(&end).Error
	return end.Seal, end.Length, tx.fail(err)
}

// LockChain gives the seal at the end of the chain and keeps others from moving it
// until the transaction ends.
func (tx *Tx) LockChain() (seal string, err error) {
	var end publicationChain
	err = tx.db.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}).Where("id = 1").Take(&end).Error
	return end.Seal, tx.fail(err)
}

// MoveChain puts a seal at the end of the chain where the old one is still there.
// Errors: Conflict "publication.chain" where another version was published meanwhile.
func (tx *Tx) MoveChain(from, to string) error {
	result := tx.db.Model(&publicationChain{}).Where("id = 1 AND seal = ?", from).
		Updates(map[string]any{"seal": to, "length": gorm.Expr("length + 1")})
	if result.Error == nil && result.RowsAffected == 0 {
		return model.Fail(model.Conflict, "publication.chain", "同一时刻有另一份文档正在公开，请再试一次")
	}
	return tx.fail(result.Error)
}

// AddPublicationFiles keeps the files of a version that is being published.
func (tx *Tx) AddPublicationFiles(files []model.PublicationFile) error {
	for i := range files {
		if err := tx.db.Create(&files[i]).Error; err != nil {
			return tx.fail(err)
		}
	}
	return nil
}

// PublicationFiles lists the files of a version by name, without their content.
func (tx *Tx) PublicationFiles(id model.ID) ([]model.PublicationFile, error) {
	var files []model.PublicationFile
	err := tx.db.Where("publication_id = ?", id).Omit("content").Order("name").Find(&files).Error
	return files, tx.fail(err)
}

// PublicationFile gives a file of a version with its content.
// Errors: NotFound "publication.file".
func (tx *Tx) PublicationFile(id model.ID, name string) (file model.PublicationFile, err error) {
	err = tx.db.Where("publication_id = ? AND name = ?", id, name).Take(&file).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return file, model.Fail(model.NotFound, "publication.file", "这一版公开文档没有名为 %s 的文件", name)
	}
	return file, tx.fail(err)
}
