import { queryOptions } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { ContinuitySearch } from './search';

export const tiesQuery = (id: string) =>
  queryOptions({
    queryKey: ['ties', 'of', id],
    queryFn: ({ signal }) =>
      data(api.GET('/stakeholders/{id}/ties', { params: { path: { id } }, signal })),
  });

export const coldQuery = (key: ContinuitySearch) =>
  queryOptions({
    queryKey: ['ties', 'cold', key],
    queryFn: ({ signal }) => data(api.GET('/ties/cold', { params: { query: key }, signal })),
  });

export const continuityQuery = (key: ContinuitySearch) =>
  queryOptions({
    queryKey: ['ties', 'continuity', key],
    queryFn: ({ signal }) => data(api.GET('/ties/continuity', { params: { query: key }, signal })),
  });
