"""The closed-class words of Chinese and English."""
