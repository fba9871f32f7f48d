package api

import (
	"context"
	"slices"
	"strings"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/store"
)

// accountView is an account as administrators see it; how it signs in is not part of it.
type accountView struct {
	store.Meta
	Email  string      `json:"email"`
	Name   string      `json:"name"`
	Role   access.Role `json:"role"`
	Closed bool        `json:"closed"`
}

func viewAccount(a *account.Account) accountView {
	return accountView{Meta: a.Meta, Email: a.Email, Name: a.Name, Role: a.Role, Closed: a.Closed}
}

type listAccountsInput struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"500" doc:"how many items at most; 50 unless told"`
	Cursor string `query:"cursor" maxLength:"2000" doc:"the next of the page before"`
}

type listAccountsOutput struct {
	Body struct {
		Items        []accountView `json:"items"`
		Total        int           `json:"total"`
		TotalIsFloor bool          `json:"totalIsFloor,omitempty"`
		Next         string        `json:"next,omitempty"`
	}
}

func (a *API) listAccounts(ctx context.Context, in *listAccountsInput) (*listAccountsOutput, error) {
	page, err := a.Accounts.List(ctx, in.Limit, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &listAccountsOutput{}
	out.Body.Items = make([]accountView, len(page.Items))
	for i, item := range page.Items {
		out.Body.Items[i] = viewAccount(item)
	}
	out.Body.Total, out.Body.TotalIsFloor, out.Body.Next = page.Total, page.TotalIsFloor, page.Next
	return out, nil
}

type accountOutput struct {
	ETag string `header:"ETag"`
	Body accountView
}

func savedAccount(a *account.Account, err error) (*accountOutput, error) {
	if err != nil {
		return nil, err
	}
	return &accountOutput{etag(a.Rev), viewAccount(a)}, nil
}

type getAccountInput struct {
	ID string `path:"id" maxLength:"60"`
}

func (a *API) getAccount(ctx context.Context, in *getAccountInput) (*accountOutput, error) {
	return savedAccount(a.Accounts.Get(ctx, in.ID))
}

type addAccountInput struct {
	Body struct {
		Email    string      `json:"email" maxLength:"254"`
		Name     string      `json:"name" maxLength:"200"`
		Role     access.Role `json:"role" enum:"administrator,fundraiser,advocate,board"`
		Password string      `json:"password" maxLength:"1024"`
	}
}

func (a *API) addAccount(ctx context.Context, in *addAccountInput) (*accountOutput, error) {
	b := in.Body
	return savedAccount(a.Accounts.Add(ctx, account.New{Email: b.Email, Name: b.Name, Role: b.Role, Password: b.Password}))
}

type changeAccountInput struct {
	ID      string `path:"id" maxLength:"60"`
	IfMatch string `header:"If-Match" doc:"the record's ETag"`
	Body    struct {
		Name     string      `json:"name" maxLength:"200"`
		Role     access.Role `json:"role" enum:"administrator,fundraiser,advocate,board"`
		Closed   bool        `json:"closed" doc:"a closed account cannot sign in; its sessions and tokens end"`
		Password string      `json:"password,omitempty" maxLength:"1024" doc:"a new one; it stays unless given"`
	}
}

func (a *API) changeAccount(ctx context.Context, in *changeAccountInput) (*accountOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b := in.Body
	return savedAccount(a.Accounts.Change(ctx, in.ID, rev, account.Edit{Name: b.Name, Role: b.Role, Closed: b.Closed, Password: b.Password}))
}

// colleague is an account as everybody may know it: to give them a task, to name them, to read who wrote.
type colleague struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Closed bool   `json:"closed"`
}

type colleaguesOutput struct {
	Body struct {
		Items []colleague `json:"items" nullable:"false"`
	}
}

func (a *API) listColleagues(ctx context.Context, _ *struct{}) (*colleaguesOutput, error) {
	all, err := a.Accounts.All(ctx)
	if err != nil {
		return nil, err
	}
	out := &colleaguesOutput{}
	out.Body.Items = make([]colleague, len(all))
	for i, c := range all {
		out.Body.Items[i] = colleague{c.ID, c.Name, c.Closed}
	}
	slices.SortFunc(out.Body.Items, func(x, y colleague) int { return strings.Compare(store.Fold(x.Name), store.Fold(y.Name)) })
	return out, nil
}
