import { Chip, Group, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { formatDate } from '@/shared/format/date';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/states/states';
import { TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { When } from '@/shared/ui/When';
import { choicesFrom, groups } from './choices';
import { Marked } from './Marked';
import classes from './SearchPage.module.css';
import { searchQuery } from './queries';
import { kinds as allKinds } from './search';

const route = getRouteApi('/house/search');
const limit = 50;

export function SearchPage() {
  const { q = '', kinds } = route.useSearch();
  const navigate = route.useNavigate();
  const words = q.trim();
  const found = useQuery(searchQuery(words, kinds, limit));
  const choices = choicesFrom(found.data?.hits ?? []);
  return (
    <Page title="Search" narrow>
      <TextInput
        type="search"
        label="Names, titles, subjects, or parts of them"
        maxLength={200}
        value={q}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          void navigate({ search: (old) => ({ ...old, q: typed || undefined }), replace: true });
        }}
      />
      <Chip.Group
        multiple
        value={kinds ?? []}
        onChange={(chosen) =>
          void navigate({
            search: (old) => ({
              ...old,
              kinds:
                chosen.length > 0 ? allKinds.filter((kind) => chosen.includes(kind)) : undefined,
            }),
            replace: true,
          })
        }
      >
        <Group gap={8} my={14} role="group" aria-label="Kinds">
          {allKinds.map((kind) => (
            <Chip key={kind} value={kind} size="sm">
              {groups[kind]}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {words === '' ? (
        <EmptyState title="What are you looking for?">
          Accents and capitals do not matter, and Cyrillic and Greek names are found in Latin
          letters.
        </EmptyState>
      ) : found.error ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <LoadingRows />
      ) : choices.length === 0 ? (
        <EmptyState title={`Nothing is called “${words}”.`}>
          Parts of words count from three letters.
        </EmptyState>
      ) : (
        <ul className={classes.list} aria-label="Results">
          {choices.map((choice) => (
            <li key={choice.key} className={classes.row}>
              <TextLink {...choice.target} className={classes.title}>
                <Marked title={choice.title} q={words} />
              </TextLink>
              <span className={classes.rest}>
                {choice.group}
                {choice.subtitle && ` · ${choice.subtitle}`}
                {choice.similar && ' · similar name'}
                {choice.date && ` · ${formatDate(choice.date)}`}
                {choice.at && (
                  <>
                    {' · '}
                    <When at={choice.at} short />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p role="status" className={classes.rest}>
        {choices.length === limit ? `The first ${limit} are shown. Type more to narrow them.` : ''}
      </p>
    </Page>
  );
}
