/** The page that loads Widgets.js, which the code of an example runs in. */
export const besidePage = {
  'layout.html': `<script src="https://static-eu.payments-amazon.com/OffAmazonPayments/eur/lpa/js/Widgets.js"></script>
`,
} as const;
