/** True in a retry, which begins with a stage of its own: what the first try left there is not what the test is about. */
export const isSecondTry = ({ result }: { readonly result?: { readonly retryCount?: number } | undefined }): boolean =>
  (result?.retryCount ?? 0) > 0;
