package api

import (
	"context"

	"piper/internal/finance"
)

// BookedGiftsView is an import of gifts with the name of its campaign.
type BookedGiftsView struct {
	finance.BookedGifts
	DonorName string `json:"donorName"`
}

type bookedGiftsInput struct {
	Currency string `query:"currency" required:"true" minLength:"3" maxLength:"3"`
}

type bookedGiftsOutput struct {
	Body struct {
		Items []BookedGiftsView `json:"items" nullable:"false" doc:"in order of their last day"`
	}
}

func (a *API) listBookedGifts(ctx context.Context, in *bookedGiftsInput) (*bookedGiftsOutput, error) {
	list, err := a.Bank.Gifts(ctx, in.Currency)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(list))
	for i, g := range list {
		ids[i] = g.DonorID
	}
	names, err := a.Stakeholders.Names(ctx, ids)
	out := &bookedGiftsOutput{}
	out.Body.Items = make([]BookedGiftsView, len(list))
	for i, g := range list {
		out.Body.Items[i] = BookedGiftsView{*g, names[g.DonorID]}
	}
	return out, err
}

type payOutInput struct {
	ChangeInput
	Body struct {
		ImportIDs []string `json:"importIds" minItems:"1" maxItems:"200" doc:"the imports of gifts that it pays out"`
		Last      bool     `json:"last,omitempty" doc:"nothing more comes of these gifts: what is left the platform has kept"`
	}
}

func (a *API) payOutBankEntry(ctx context.Context, in *payOutInput) (*bankEntryOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	e, err := a.Bank.PayOut(ctx, in.ID, rev, in.Body.ImportIDs, in.Body.Last)
	return a.savedEntry(ctx, e, err)
}
