"""Steps 9 and 10: feedback of those who came, and the difference made eight weeks on."""
