"""The Dash application: reads mart and meta of one warehouse file, never writes."""
