import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { formatDate } from '@/shared/format/date';
import { TextLink } from '@/shared/ui/links';
import classes from './home.module.css';

/** The way to what the board was shown last. Nothing stands here before there is a pack. */
export function LatestPack() {
  const { data: page } = useQuery({
    queryKey: ['packs', 'latest'],
    queryFn: ({ signal }) =>
      data(
        api.GET('/board/packs', {
          params: { query: { state: 'done', sort: '-madeAt', limit: 1 } },
          signal,
        }),
      ),
  });
  const pack = page?.items[0];
  if (!pack) return null;
  return (
    <p className={classes.pack}>
      Latest board pack:{' '}
      <TextLink to="/funding/board/$id" params={{ id: pack.id }}>
        {pack.title}
      </TextLink>
      , as of {formatDate(pack.asOf)}. <TextLink to="/funding/board">All packs</TextLink>
    </p>
  );
}
