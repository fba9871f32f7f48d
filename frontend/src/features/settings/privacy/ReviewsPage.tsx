import { Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { ExportButton } from '@/shared/table/ExportButton';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { ReviewList } from './ReviewList';
import { whyWords } from './words';

const route = getRouteApi('/house/settings/privacy/reviews');

/** Persons whom nobody has looked at for long: to keep, or to erase. */
export function ReviewsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      title="Review"
      back={
        <TextLink to="/settings/privacy">
          <BackLabel>Privacy</BackLabel>
        </TextLink>
      }
      actions={<ExportButton path="/privacy/reviews.csv" query={{ why: search.why }} />}
    >
      <p style={{ marginTop: 0, maxWidth: '64ch' }}>
        Persons with whom nobody has had contact for 24 months and for whom there is no legal basis,
        and those whose day of review has come. The list is made anew every night.
      </p>
      <Select
        label="Why"
        placeholder="All"
        clearable
        data={Object.entries(whyWords).map(([value, label]) => ({ value, label }))}
        value={search.why ?? null}
        onChange={(value) =>
          void navigate({
            search: {
              ...search,
              why: value === 'no-basis' || value === 'review-past' ? value : undefined,
            },
            replace: true,
          })
        }
        mb="md"
        maw={320}
      />
      <ReviewList key={JSON.stringify(search)} search={search} />
    </Page>
  );
}
